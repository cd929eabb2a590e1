// Draws a chart when its box comes into view: loads Plotly and the figure then, not before, from this site only.

const dark = matchMedia("(prefers-color-scheme: dark)");
const touch = matchMedia("(pointer: coarse)");
let library = null;
let land = null;

// One library a page: every chart of a page with a map names the one that draws maps.
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

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return answer.json();
}

// The coastlines, put where Plotly looks before it would ask its vendor for them.
function loadLand(address) {
  land ??= json(address).then((world) => {
    window.PlotlyGeoAssets = { topojson: { world_110m: world } };
  });
  return land;
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

// The text of a hover box in shorter lines, for a narrow screen. A break after a space was made by wrapping and can be
// undone; any other begins a paragraph.
function rewrapped(text, columns) {
  const lines = [];
  for (const paragraph of text.replaceAll(" <br>", " ").split("<br>")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line && line.length + 1 + word.length > columns) {
        lines.push(`${line} `);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines.join("<br>");
}

// A label beside a mark is left out where the next mark stands in its way; pointing at the mark tells it.
function withoutCollisions(trace, pixelsADay) {
  const places = trace.x.map((day, i) => ({ i, lane: trace.y[i], x: (Date.parse(day) / 864e5) * pixelsADay }));
  const text = [...trace.text];
  for (const { i, lane, x } of places) {
    const end = x + 14 + 7 * text[i].length;
    if (places.some((other) => other.i !== i && other.lane === lane && other.x >= x && other.x - 6 < end)) text[i] = "";
  }
  return { ...trace, text };
}

const CONFIG = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  scrollZoom: false,
  topojsonURL: "/static/vendor/",
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "sendChartToCloud", "sendDataToCloud"],
};

function labelsAboveBars(layout) {
  const { tickvals, ticktext } = layout.yaxis;
  layout.annotations = tickvals.map((y, row) => ({
    text: ticktext[row], y, x: 0, xref: "paper", xanchor: "left", yanchor: "bottom", showarrow: false,
  }));
  Object.assign(layout.yaxis, { showticklabels: false, automargin: false });
  Object.assign(layout.margin, { l: 0, r: 4, t: layout.xaxis.side === "top" ? 24 : layout.margin.t });
}

function fitMap(box, layout, data, narrow) {
  // Without coastlines of our own there are none; nothing is ever asked of another host.
  if (!box.dataset.land) Object.assign(layout.geo, { showland: false, showcoastlines: false });
  for (const trace of data) {
    if (narrow && trace.marker) trace.marker.size = trace.marker.size.map((size) => 0.62 * size);
  }
}

// A click on a mark that has an address leads there. A finger first reads what the mark says: its second tap leads on.
function leadOn(canvas) {
  let read = null;
  canvas.on?.("plotly_click", ({ points: [point] }) => {
    if (typeof point.customdata !== "string") return;
    if (touch.matches && read !== point.customdata) read = point.customdata;
    else location.assign(point.customdata);
  });
}

async function draw(box) {
  const [Plotly, figure] = await Promise.all([
    loadPlotly(box.dataset.plotly),
    json(box.dataset.figure),
    box.dataset.land && loadLand(box.dataset.land),
  ]);
  const show = () => {
    const shown = dark.matches ? recoloured(figure, figure.layout.meta.dark) : figure;
    const narrow = box.clientWidth < 520;
    const layout = structuredClone(shown.layout);
    let data = structuredClone(shown.data);
    layout.hoverlabel.font.family = layout.font.family;
    // A finger on the chart scrolls the page; it does not move the chart under it.
    if (narrow || touch.matches) layout.dragmode = false;
    if (narrow) {
      layout.font.size = 11;
      layout.hoverlabel.font.size = 12;
      const columns = Math.floor((box.clientWidth - 24) / 6.4);
      for (const trace of data) {
        for (const name of ["text", "hovertext"]) {
          if (Array.isArray(trace[name])) trace[name] = trace[name].map((text) => rewrapped(text, columns));
        }
        // A column of labels would leave no room for the bars: each label stands above its own bar instead.
        if (trace.type === "bar") Object.assign(trace, { width: 0.36, offset: 0.06 });
      }
      if (data.some((trace) => trace.type === "bar")) labelsAboveBars(layout);
    } else {
      // Room for the buttons above the chart.
      layout.margin.t = Math.max(layout.margin.t, 26);
    }
    if (layout.geo) fitMap(box, layout, data, narrow);
    const days = (Date.parse(layout.xaxis?.range?.[1]) - Date.parse(layout.xaxis?.range?.[0])) / 864e5;
    const pixelsADay = (box.clientWidth - 110) / days;
    data = data.map((trace) => (trace.mode === "markers+text" ? withoutCollisions(trace, pixelsADay) : trace));
    return Plotly.react(canvas, data, layout, { ...CONFIG, displayModeBar: !narrow });
  };
  // The drawn chart takes just the room that its place holder took, so that nothing below it moves.
  figure.layout.height = box.getBoundingClientRect().height || figure.layout.height;
  const canvas = document.createElement("div");
  canvas.style.height = `${figure.layout.height}px`;
  box.replaceChildren(canvas);
  await show();
  leadOn(canvas);
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
