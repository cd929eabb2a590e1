"""History in, Plotly figure or SVG out: no request, no ORM."""
