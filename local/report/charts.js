// Runs in the reader's browser: draws the charts of the page in the reader's colours.
(() => {
  const functions = {
    percent: (value) => `${Math.round(value * 100)} %`,
    ratio: (value) => (value === null ? "–" : value.toFixed(3)),
    reading: (value) => (typeof value === "number" ? value.toFixed(Math.abs(value) <= 1 ? 3 : 1) : value),
    tip: ({ data }) => echarts.format.encodeHTML(data.tip ?? ""),
    whisker: (_, api) => {
      const [left, middle] = api.coord([api.value(1), api.value(0)]);
      const [right] = api.coord([api.value(2), api.value(0)]);
      const line = (x1, y1, x2, y2) => ({
        type: "line",
        shape: { x1, y1, x2, y2 },
        style: { stroke: api.visual("color"), lineWidth: 1.5 },
      });
      const end = (x) => line(x, middle - 5, x, middle + 5);
      return { type: "group", children: [line(left, middle, right, middle), end(left), end(right)] };
    },
    span: (_, api) => {
      const [left, middle] = api.coord([api.value(1), api.value(0)]);
      const [right] = api.coord([api.value(2), api.value(0)]);
      const height = Math.min(16, api.size([0, 1])[1] * 0.7);
      const shape = { x: left, y: middle - height / 2, width: Math.max(2, right - left), height, r: 2 };
      return { type: "rect", shape, style: { fill: api.visual("color") } };
    },
  };

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function resolve(value) {
    if (Array.isArray(value)) return value.map(resolve);
    if (value !== null && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]));
    if (typeof value !== "string") return value;
    if (value.startsWith("fn:")) return functions[value.slice(3)];
    return value.startsWith("var(") ? colour(value.slice(4, -1)) : value;
  }

  function theme() {
    const [text, muted, line, card] = ["--text", "--muted", "--line", "--card"].map(colour);
    const axis = {
      axisLine: { lineStyle: { color: line } },
      axisTick: { lineStyle: { color: line } },
      axisLabel: { color: muted },
      nameTextStyle: { color: muted },
      splitLine: { lineStyle: { color: line } },
    };
    return {
      backgroundColor: "transparent",
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      title: { textStyle: { color: text, fontSize: 15 }, subtextStyle: { color: muted }, itemGap: 7 },
      legend: { textStyle: { color: muted }, itemWidth: 14, itemHeight: 9, icon: "roundRect" },
      tooltip: { backgroundColor: card, borderColor: line, textStyle: { color: text, fontSize: 13 }, confine: true },
      categoryAxis: { ...axis, splitLine: { show: false } },
      valueAxis: axis,
      timeAxis: axis,
    };
  }

  let drawn = [];

  // A printed page is narrower than the window, and it is laid out after the charts are drawn.
  const PRINTED_WIDTH = 700;

  function draw(width) {
    drawn.forEach((chart) => chart.dispose());
    drawn = [...document.querySelectorAll(".chart")].map((element) => {
      const chart = echarts.init(element, theme(), { renderer: "svg", width });
      const option = JSON.parse(document.getElementById(`${element.id}-option`).textContent);
      chart.setOption({ animation: false, useUTC: true, ...resolve(option) });
      return chart;
    });
  }

  function wear(theme, width) {
    document.documentElement.dataset.theme = theme;
    draw(width);
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const preferred = () => wear(dark.matches ? "dark" : "light");
  dark.addEventListener("change", preferred);
  addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  addEventListener("beforeprint", () => wear("light", PRINTED_WIDTH));
  addEventListener("afterprint", preferred);
  preferred();
})();
