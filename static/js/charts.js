// Draws a chart when its box comes into view: loads Plotly and the figure then, not before, from this site only.

const dark = matchMedia("(prefers-color-scheme: dark)");
let library = null;

function loadPlotly(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error(`could not load ${address}`));
    document.head.append(script);
  });
  return library;
}

// The figure is drawn in the colours of light paper; `meta.dark` says what each becomes on dark paper.
function recoloured(value, colours) {
  if (typeof value === "string") return colours[value] ?? value;
  if (Array.isArray(value)) return value.map((each) => recoloured(each, colours));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === "meta" ? each : recoloured(each, colours)]));
  }
  return value;
}

const CONFIG = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  scrollZoom: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "sendChartToCloud", "sendDataToCloud"],
};

async function draw(box) {
  const [Plotly, figure] = await Promise.all([
    loadPlotly(box.dataset.plotly),
    fetch(box.dataset.figure).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} for ${box.dataset.figure}`);
      return answer.json();
    }),
  ]);
  const show = () => {
    const shown = dark.matches ? recoloured(figure, figure.layout.meta.dark) : figure;
    const narrow = box.clientWidth < 520;
    const layout = structuredClone(shown.layout);
    if (narrow) layout.font.size = 11;
    return Plotly.react(canvas, structuredClone(shown.data), layout, { ...CONFIG, displayModeBar: !narrow });
  };
  // The drawn chart takes just the room that its place holder took, so that nothing below it moves.
  figure.layout.height = box.clientHeight || figure.layout.height;
  const canvas = document.createElement("div");
  canvas.style.height = `${figure.layout.height}px`;
  box.replaceChildren(canvas);
  await show();
  box.classList.add("drawn");
  dark.addEventListener("change", show);
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target).catch((error) => {
        const waiting = entry.target.querySelector(".waiting");
        if (waiting) waiting.textContent = "The interactive chart could not be loaded. The picture and the lists on this page say the same.";
        console.warn(error);
      });
    }
  },
  { rootMargin: "200px" },
);

for (const box of document.querySelectorAll(".chart[data-figure]")) seen.observe(box);
