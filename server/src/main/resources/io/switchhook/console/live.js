// The page of now: draws the plots anew when their numbers come, and says whether the connection holds.
"use strict";

(() => {
  const rates = () => document.getElementById("rates");
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const plots = [
    { id: "plot-events", field: "events", ink: "--accent", wash: "--accent-wash", top: (max) => Math.max(5, Math.ceil(max * 1.15)) },
    { id: "plot-success", field: "success", ink: "--good", wash: "--good-wash", top: () => 104 },
  ];

  function numbers(text) {
    return text === "" ? [] : text.split(",").map((number) => (number === "" ? null : Number(number)));
  }

  function data(plot) {
    const from = Number(rates().dataset.from);
    const values = numbers(rates().dataset[plot.field]);
    return [values.map((_, index) => from + index), values];
  }

  function draw(plot) {
    const place = document.getElementById(plot.id);
    const unit = place.dataset.unit;
    if (plot.chart) {
      plot.chart.destroy();
    }
    const axis = {
      stroke: color("--soft"),
      grid: { stroke: color("--line"), width: 1 },
      ticks: { show: false },
      font: "11px " + color("--sans"),
    };
    plot.chart = new uPlot({
      width: place.clientWidth,
      height: 140,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 28, 0, 0], // at the right: half of a time, which may stand at the edge
      scales: { y: { range: (_, min, max) => [0, plot.top(max || 0)] } },
      axes: [
        { ...axis, size: 26, space: 90, values: (_, splits) => splits.map((at) => new Date(at * 1000).toTimeString().slice(0, 8)) },
        { ...axis, size: 46, space: 34, values: (_, splits) => splits.map((value) => value + unit), incrs: unit ? [50] : [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000] },
      ],
      series: [
        {},
        { stroke: color(plot.ink), fill: color(plot.wash), width: 1.5, points: { show: false }, spanGaps: true },
      ],
    }, data(plot), place);
  }

  const drawAll = () => plots.forEach(draw);
  drawAll();
  addEventListener("resize", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

  const live = document.getElementById("live");
  function say(state, words) {
    live.dataset.state = state;
    live.lastElementChild.textContent = words;
  }
  document.body.addEventListener("htmx:sseOpen", () => say("on", "live"));
  document.body.addEventListener("htmx:sseError", () => say("off", "connection lost, trying again"));
  document.body.addEventListener("htmx:sseMessage", () => {
    plots.forEach((plot) => plot.chart.setData(data(plot)));
  });
})();
