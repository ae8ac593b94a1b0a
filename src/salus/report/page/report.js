// Draws every chart of a page from the JSON beside it. Nothing is fetched. The console uses it too,
// and asks with the event "salus:draw" when it has changed a part of its page.
(function () {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // A flow is wide where patients live and narrow where they are cared for.
  function taper(params, api) {
    const from = api.coord([api.value(0), api.value(1)]);
    const to = api.coord([api.value(2), api.value(3)]);
    if (!from || !to) return null; // while the map finds its new size
    const dx = to[0] - from[0], dy = to[1] - from[1], length = Math.hypot(dx, dy) || 1;
    const half = api.value(4) / 2, nx = (-dy / length) * half, ny = (dx / length) * half;
    return {
      type: "polygon",
      shape: { points: [[from[0] + nx, from[1] + ny], [from[0] - nx, from[1] - ny], to] },
      style: { fill: api.visual("color"), opacity: 0.55 },
    };
  }

  // The names of tokens become the colours of the theme in use.
  function themed(value) {
    if (Array.isArray(value)) return value.map(themed);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, themed(v)]));
    }
    return typeof value === "string" && /^--[a-z]+$/.test(value) ? token(value) : value;
  }

  function draw(place) {
    const option = themed(read(place.dataset.chart));
    if (place.dataset.map) echarts.registerMap(place.dataset.map, read(place.dataset.map));
    for (const series of option.series || []) {
      if (series.type === "custom") series.renderItem = taper;
    }
    const chart = echarts.init(place, null, { renderer: place.dataset.renderer });
    chart.setOption(Object.assign({ textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: token("--ink") }, animation: false }, option));
    window.addEventListener("resize", () => chart.resize());
    window.addEventListener("beforeprint", () => chart.resize());
    place.dataset.drawn = "yes";
  }

  // What is folded away has no size yet, and is drawn when it is opened.
  function drawAll() {
    document.querySelectorAll(".chart:not([data-drawn])").forEach((place) => { if (place.clientWidth) draw(place); });
  }
  document.addEventListener("salus:draw", drawAll);
  document.addEventListener("toggle", drawAll, true);
  drawAll();
})();
