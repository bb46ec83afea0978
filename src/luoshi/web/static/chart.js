/* 走势图：数字来自页面里的 JSON，颜色来自样式表的变量。没有这个文件，服务器画的图和旁边的表仍在。 */
(() => {
  "use strict";
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const shown = (value, unit) => (value === null || value === undefined || value === "-" ? "—" : `${Number(value).toLocaleString("zh-CN")}${unit}`);

  const SHAPES = { late: "triangle", grave: "rect", done: "diamond" };   // 灯的形状，不只靠颜色

  function bands(data) {
    // 滞后与严重滞后的区域：只在越多越好时画，越少越好时区域在线上方
    if (data.at_most || data.late.every((v) => v === null)) return [];
    const area = (name, values, color, stack) => ({
      name, type: "line", data: values, stack, symbol: "none", silent: true, lineStyle: { opacity: 0 },
      areaStyle: { color, opacity: 1, origin: "start" }, tooltip: { show: false }, z: 1,
    });
    const between = data.late.map((v, i) => (v === null || data.grave[i] === null ? null : Math.max(v - data.grave[i], 0)));
    return [area(data.words.grave, data.grave, token("--grave-wash"), "bands"), area(data.words.late, between, token("--late-wash"), "bands")];
  }

  function labelPlace(data) {
    // 数在计划线的哪一侧，字就放在哪一侧，也避开实际线来的方向；太靠近横轴时放上面
    const at = data.last, value = data.value[at], planned = data.planned[at], before = data.value[at - 1];
    const rising = before === null || before === undefined || value >= before;
    const low = value - data.low < (data.high - data.low) * 0.12;
    const above = low || planned === null || planned === undefined || value >= planned;
    const align = at > 8 || (above && rising && at > 1) ? "right" : "left";
    return { position: above ? "top" : "bottom", align, distance: 10, offset: [align === "right" ? -6 : 6, 0] };   // 也不压在当天的竖线上
  }

  function option(data, narrow) {
    const ink2 = token("--ink-2");
    const last = { coord: [data.last, data.value[data.last]], symbol: SHAPES[data.light] || "circle", symbolSize: 12,
      itemStyle: { color: token(`--${data.light}-fill`), borderColor: token("--paper"), borderWidth: 2 },
      label: { show: true, formatter: `${shown(data.value[data.last], data.unit)} ${narrow && data.label.length > 6 ? "" : data.label}`, color: token(`--${data.light}`), fontWeight: 600,
        fontSize: 13, ...labelPlace(data) } };
    return {
      animation: false,
      aria: { enabled: true, label: { description: data.said } },
      textStyle: { fontFamily: token("--font-sans"), color: ink2 },
      grid: { left: 8, right: 16, top: 34, bottom: 4, containLabel: true },
      tooltip: { trigger: "axis", backgroundColor: token("--paper"), borderColor: token("--line-2"), textStyle: { color: token("--ink"), fontSize: 13 },
        formatter: (rows) => [rows[0].axisValue, ...rows.filter((r) => r.seriesName === data.words.value || r.seriesName === data.words.planned || r.seriesName === data.words.recovery)
          .map((r) => `${r.seriesName} ${shown(r.value, data.unit)}`)].join("<br>") },
      xAxis: { type: "category", data: data.months, boundaryGap: false, axisLine: { lineStyle: { color: token("--line-2") } }, axisTick: { show: false },
        axisLabel: { color: ink2, interval: narrow ? 2 : 0, fontSize: 12 } },
      yAxis: { type: "value", name: data.unit, min: data.low, max: data.high, nameTextStyle: { color: ink2, align: "right", fontSize: 12 },
        axisLabel: { color: ink2, fontSize: 12 }, splitLine: { lineStyle: { color: token("--line") } } },
      series: [...bands(data),
        { name: data.words.planned, type: "line", data: data.planned, symbol: "none", z: 3, lineStyle: { color: token("--ink-3"), width: 1.5, type: [5, 4] },
          itemStyle: { color: token("--ink-3") } },
        ...(data.recovery.some((v) => v !== null) ? [{ name: data.words.recovery, type: "line", data: data.recovery, symbol: "emptyCircle", symbolSize: 5, z: 3,
          connectNulls: true, lineStyle: { color: token("--late"), width: 1.5, type: [2, 3] }, itemStyle: { color: token("--late") } }] : []),
        { name: data.words.value, type: "line", data: data.value, symbol: "circle", symbolSize: 6, z: 4, lineStyle: { color: token("--accent"), width: 2.5 },
          itemStyle: { color: token("--accent") }, markPoint: { data: [last], animation: false },
          markLine: { silent: true, symbol: "none", animation: false, label: { show: false }, data: [{ xAxis: data.last }],
            lineStyle: { color: token("--ink"), type: "dotted", width: 1 } } }],
    };
  }

  function start(place) {
    const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    place.classList.add("drawn");
    const chart = window.echarts.init(place, null, { renderer: "svg", locale: "ZH" });
    const draw = () => chart.setOption(option(data, place.clientWidth < 480), true);
    draw();
    new ResizeObserver(() => { chart.resize(); draw(); }).observe(place);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  }

  if (window.echarts) document.querySelectorAll("[data-chart]").forEach(start);
})();
