// Charts and the choice of runs. Runs in the head, before the page is painted; running it twice does no harm.
(() => {
  "use strict";
  if (window.qdocsCharts) return;

  const NARROW = "(max-width: 719px)"; // the same width at which the stylesheet changes stills and heights
  const root = document.documentElement;
  root.classList.add("q-js");
  // What is asked for takes room before it is there.
  if (location.search) root.classList.add("q-asked");

  // ---- which runs are shown: ?run=NAME&run=OTHER; ?run= alone is none; without it, as the page's style says

  const style = document.createElement("style");
  document.head.append(style);

  const asked = () => {
    const params = new URLSearchParams(location.search);
    return params.has("run") ? params.getAll("run").filter(Boolean) : null;
  };

  function hideOthers(names) {
    const kept = names?.map((name) => `:not([data-run="${CSS.escape(name)}"])`).join("");
    const rule = names ? `.q-chosen .q-run${kept} { display: none }` : "";
    if (rule === style.textContent) return; // else the browser would lay out all of the page again
    root.classList.toggle("q-chosen", Boolean(names));
    style.textContent = rule;
  }

  function showRuns() {
    const picker = document.querySelector(".q-picker");
    if (!picker) return;
    const buttons = [...picker.querySelectorAll(".q-pick")];
    const known = new Set(buttons.map((button) => button.dataset.pick));
    const first = picker.dataset.first.split(" ").filter(Boolean);
    const picked = asked();
    const chosen = (picked || first).filter((name) => known.has(name));
    hideOthers(picked && chosen);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(chosen.includes(button.dataset.pick)));
    }
    for (const slot of document.querySelectorAll(".q-slot")) {
      const seen = [...slot.querySelectorAll(".q-run")].some((run) => chosen.includes(run.dataset.run));
      slot.querySelector(".q-empty").hidden = seen;
    }
    picker.querySelector(".q-picked").textContent =
      chosen.length === 0 ? "No run is chosen, so nothing is shown." : `Showing ${chosen.length} of ${buttons.length}.`;
    // The page beside this one shows the same runs.
    for (const link of document.querySelectorAll("a.q-same-runs")) link.search = location.search;
    for (const chart of document.querySelectorAll(".q-chart.q-on")) fit(chart);
  }

  function pick(button) {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    const names = [...document.querySelectorAll(".q-pick")]
      .filter((other) => (other === button ? pressed : other.getAttribute("aria-pressed") === "true"))
      .map((other) => other.dataset.pick);
    const url = new URL(location.href);
    url.searchParams.delete("run");
    for (const name of names.length ? names : [""]) url.searchParams.append("run", name);
    history.pushState(null, "", url);
    showRuns();
  }

  const early = asked();
  if (early) hideOthers(early);

  // ---- charts: the library and the figure are fetched when a reader first touches a chart

  const loading = {};
  const figures = new Map(); // chart element -> its figure in each palette and width
  const makers = new Map(); // chart element -> what makes its figure, where a script of the page does

  function loadPlotly(src) {
    loading[src] ||= new Promise((resolve, reject) => {
      if (window.Plotly) return resolve();
      const script = document.createElement("script");
      script.src = src;
      script.onload = resolve;
      script.onerror = () => {
        delete loading[src];
        script.remove();
        reject(new Error("the chart library could not be loaded"));
      };
      document.head.append(script);
    });
    return loading[src];
  }

  async function loadFigure(chart) {
    if (makers.has(chart)) return figures.set(chart, await makers.get(chart)());
    if (figures.has(chart)) return;
    const answer = await fetch(chart.dataset.figure);
    if (!answer.ok) throw new Error("the chart's data could not be loaded");
    figures.set(chart, await answer.json());
  }

  const fetchAll = (chart) => Promise.all([loadPlotly(chart.dataset.plotly), loadFigure(chart)]);
  const palette = () => (document.body.dataset.mdColorScheme === "slate" ? "dark" : "light");
  const width = () => (matchMedia(NARROW).matches ? "narrow" : "wide");

  function plot(chart) {
    const { data, layout } = structuredClone(figures.get(chart)[palette()][width()]);
    // No picture is sent anywhere, no tool bar, no drag: a finger on the chart scrolls the page.
    const config = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: true, scrollZoom: false };
    return window.Plotly.react(chart.querySelector(".q-live"), data, layout, config);
  }

  const fit = (chart) => chart.offsetParent && window.Plotly?.Plots.resize(chart.querySelector(".q-live"));

  async function turnOn(chart) {
    if (chart.classList.contains("q-on") || chart.classList.contains("q-busy")) return;
    const say = chart.querySelector(".q-status");
    const live = chart.querySelector(".q-live");
    chart.classList.add("q-busy");
    say.textContent = "Loading…";
    try {
      await fetchAll(chart);
      live.hidden = false;
      live.setAttribute("role", "img");
      live.setAttribute("aria-label", `Interactive chart: ${chart.dataset.name}. Its numbers are in the table below.`);
      await plot(chart);
      chart.classList.add("q-on");
      chart.querySelector(".q-go").setAttribute("aria-pressed", "true");
      say.textContent = "Interactive: point at a mark or tap it.";
    } catch (problem) {
      live.hidden = true;
      say.textContent = `Not interactive: ${problem.message}. The numbers are in the table below.`;
    } finally {
      chart.classList.remove("q-busy");
    }
  }

  function turnOff(chart) {
    const live = chart.querySelector(".q-live");
    window.Plotly.purge(live);
    live.replaceChildren();
    live.hidden = true;
    chart.classList.remove("q-on");
    chart.querySelector(".q-go").setAttribute("aria-pressed", "false");
    chart.querySelector(".q-status").textContent = "";
  }

  const redraw = () => document.querySelectorAll(".q-chart.q-on").forEach(plot);

  window.qdocsCharts = {
    make: (chart, maker) => makers.set(chart, maker),
    renew: (chart) => chart.classList.contains("q-on") && loadFigure(chart).then(() => plot(chart)),
  };

  // ---- what a reader does; one listener for the page each

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".q-pick");
    if (button) return pick(button);
    const go = event.target.closest?.(".q-go");
    const chart = event.target.closest?.(".q-chart");
    if (go && chart.classList.contains("q-on")) return turnOff(chart);
    if (go || event.target.closest?.(".q-box")) turnOn(chart);
  });
  document.addEventListener("focusin", (event) => {
    // The button has the focus: fetch now, draw when it is pressed.
    const go = event.target.closest?.(".q-go");
    if (go) fetchAll(go.closest(".q-chart")).catch(() => {});
  });
  window.addEventListener("popstate", showRuns);
  matchMedia(NARROW).addEventListener("change", redraw);

  // On paper a closed table would be lost.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.q-data:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  function start() {
    showRuns();
    new MutationObserver(redraw).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
