// How is a title read by those who point at it, come to it by keyboard, or touch it? Fetched at a reader's first touch of the page.
// The theme's own tooltips lay the page out anew for each title while it loads.

const look = new CSSStyleSheet();
look.replaceSync(`
  #q-tip {
    position: fixed; z-index: 5; width: max-content; max-width: min(24rem, 100vw - 1rem); padding: 0.4rem 0.6rem; border-radius: 0.2rem;
    background: linear-gradient(var(--md-default-fg-color) 0 0) var(--md-default-bg-color); color: var(--md-default-bg-color); font-size: 0.65rem; line-height: 1.45;
  }
  @media print { #q-tip { display: none; } }
`);
document.adoptedStyleSheets.push(look);

const tip = document.createElement("div");
tip.id = "q-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);

let titled = null;
let leaving = 0;

function hide() {
  clearTimeout(leaving);
  if (!titled) return;
  titled.title = tip.textContent;
  titled.removeAttribute("aria-describedby");
  titled = null;
  tip.hidden = true;
}

// Below the line that is pointed at, above it where there is no room; never beyond an edge.
function place(element, y = 0) {
  const lines = [...element.getClientRects()];
  const line = lines.find((one) => one.bottom >= y) ?? lines.at(-1);
  const { width, height } = tip.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - 8;
  tip.style.left = `${Math.max(8, Math.min(line.left, room))}px`;
  tip.style.top = `${line.bottom + height + 8 < innerHeight ? line.bottom + 4 : Math.max(8, line.top - height - 4)}px`;
}

function show(element, y) {
  if (tip.contains(element)) return clearTimeout(leaving);
  const found = element.closest?.("article [title]:not([title=''])");
  if (found) {
    hide();
    titled = found;
    tip.textContent = found.title;
    tip.hidden = false;
    // Else the browser would show it, too.
    found.removeAttribute("title");
    found.setAttribute("aria-describedby", tip.id);
    place(found, y);
  } else if (titled?.contains(element)) {
    clearTimeout(leaving);
  }
}

// There is time to move from the words to their tip.
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 200);
}

addEventListener("mouseover", (event) => show(event.target, event.clientY));
addEventListener("mouseout", leave);
// A finger that did not scroll: not every browser makes mouse events of that.
addEventListener("pointerup", (event) => {
  if (event.pointerType !== "touch") return;
  if (!titled?.contains(event.target)) hide();
  show(event.target, event.clientY);
});
addEventListener("focusin", (event) => show(event.target));
addEventListener("focusout", leave);
// What gets the focus may be scrolled into sight after that.
addEventListener("scroll", () => titled && place(titled), { passive: true });
addEventListener("keydown", (event) => event.key === "Escape" && hide());

// What was pointed at or had the focus before this was here.
for (const one of [[...document.querySelectorAll(":hover")].at(-1), document.activeElement]) if (one) show(one);
