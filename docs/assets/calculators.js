// The guide's calculators: fields, presets, and the results of what stands in them.

function recompute(form, results) {
  const problem = form.querySelector(".q-problem");
  const wrong = [...form.elements].find((field) => field.willValidate && !field.checkValidity());
  problem.hidden = !wrong;
  if (wrong) {
    problem.textContent = `${wrong.closest("label").firstChild.textContent}: ${wrong.validationMessage}`;
    return;
  }
  const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, Number(value)]));
  const rows = form.querySelectorAll("tbody tr");
  results(values).forEach((cells, row) => {
    cells.forEach((text, column) => (rows[row].cells[column].textContent = text));
  });
}

async function wire(form) {
  if (form.dataset.wired) return;
  const { results } = await import(`./calculators/${form.dataset.calculator}.js`);
  form.dataset.wired = "yes";
  form.addEventListener("input", () => recompute(form, results));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const preset = event.target.closest?.("[data-preset]");
    if (!preset) return;
    for (const pair of preset.dataset.preset.split(" ")) {
      const [name, value] = pair.split("=");
      form.elements[name].value = value;
    }
    recompute(form, results);
  });
  // A browser that kept what a reader typed before a reload shows results for it.
  recompute(form, results);
}

if (typeof document !== "undefined") document.querySelectorAll(".q-calc").forEach(wire);
