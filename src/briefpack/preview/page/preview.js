// Show what the server says is to be seen. The pages stay where they are while new pictures take their place.

const find = (id) => document.getElementById(id);
const SETTINGS = ["zoom", "spreads", "grey", "areas", "slots", "blocks", "editor"];
const WIDTH_STEP = 100; // pictures are drawn in a few widths, so that a new size of the window seldom needs a new one
const THUMBNAIL_WIDTH = 200;
const PX_PER_PT = 96 / 72;

const HARD_CASES = [["longest", "Longest text"], ["shortest", "Shortest text"], ["largest", "Largest area"], ["smallest", "Smallest area"]];

let shown = null; // what the server said last
let current = 1; // the page in view
let inView = ""; // the document and the edition of the pages
let pages = []; // for each page: its figure, its item in the list, its picture, and the one before its last change
let wantedPage = 1; // the page of the next document to begin with
let facts = null; // for each fact, its value in each electorate
let loading = 0; // grows when pictures in progress are no longer wanted

function made(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// ---- What is shown

const events = new EventSource("events");
events.onmessage = (event) => update(JSON.parse(event.data));
events.onerror = () => { find("state").textContent = "The preview has stopped. Start it again in the terminal."; };

function update(next) {
  const before = shown;
  shown = next;
  document.title = `${next.brief}: preview`;
  document.querySelector("h1").textContent = next.brief;
  fill("document", next.documents, next.choice.document);
  fill("electorate", [["", "None: national"], ...HARD_CASES, ...next.electorates], next.choice.electorate);
  find("of-electorate").hidden = !next.electorates.length;
  fill("layout", next.layouts.map((each) => [each, each]), next.choice.layout);
  fill("edition", (next.editions.length ? next.editions : [next.choice.edition]).map((each) => [each, each]), next.choice.edition);
  find("state").textContent = next.busy ? "Making …" : next.old ? "These pages are from before the problem." : "Up to date";
  find("pages").classList.toggle("old", next.old);
  listProblems(next.problems);
  if (next.target && before?.key !== next.key) wantedPage = next.target[1];
  if (before?.key !== next.key) {
    const name = `${next.choice.document} ${next.choice.edition}`;
    showPages(name === inView);
    inView = name;
  }
  showSheet();
}

function fill(id, options, chosen) {
  const select = find(id);
  const wanted = JSON.stringify(options);
  if (select.dataset.options !== wanted) {
    select.replaceChildren(...options.map(([value, name]) => made("option", { value, textContent: name })));
    select.dataset.options = wanted;
  }
  if (document.activeElement !== select || select.value === "") select.value = chosen;
}

for (const id of ["document", "electorate", "layout", "edition"]) {
  find(id).addEventListener("change", () => choose({ [id]: find(id).value }));
}

// ---- One page of every electorate

find("sheet").addEventListener("change", async () => {
  choose({ sheet: find("sheet").checked ? current : 0 });
  if (facts) return;
  facts = await (await fetch("facts")).json();
  find("order").append(...Object.keys(facts).map((label) => made("option", { textContent: label })));
});
find("order").addEventListener("change", sortTiles);

function choose(changes) {
  fetch("show", { method: "POST", body: JSON.stringify({ ...shown.choice, ...changes }) });
}

function showSheet() {
  const isSheet = shown.choice.sheet > 0;
  find("of-sheet").hidden = !shown.electorates.length;
  find("of-order").hidden = !isSheet;
  find("sheet").checked = isSheet;
  find("pages").hidden = isSheet;
  find("tiles").hidden = !isSheet;
  if (!isSheet) find("tiles").replaceChildren();
  if (!isSheet) return;
  const names = Object.fromEntries(shown.electorates);
  find("state").textContent = shown.busy ? `Making … ${shown.sheet.length} of ${shown.electorates.length}` : "Up to date";
  for (const [slug, hash] of shown.sheet) {
    const tile = find(`tile-${slug}`) || newTile(slug, names[slug]);
    const image = tile.querySelector("img");
    if (image.dataset.hash !== hash) image.src = hash ? `tile/${hash}` : "data:,";
    image.dataset.hash = hash;
  }
  sortTiles();
}

function newTile(slug, name) {
  const button = made("button", { type: "button" }, made("img", { alt: "" }), name);
  button.addEventListener("click", () => {
    wantedPage = shown.choice.sheet;
    choose({ electorate: slug, sheet: 0 });
  });
  const tile = made("li", { id: `tile-${slug}` }, button);
  find("tiles").append(tile);
  return tile;
}

function sortTiles() {
  const values = facts?.[find("order").value];
  const value = (tile) => values?.[tile.id.slice("tile-".length)] ?? -Infinity;
  const sorted = [...find("tiles").children].sort((one, other) => value(other) - value(one) || one.id.localeCompare(other.id));
  if (sorted.some((each, place) => each !== find("tiles").children[place])) find("tiles").replaceChildren(...sorted);
}

function listProblems(problems) {
  const faults = problems.filter((each) => !each.warning);
  const section = find("problems");
  section.hidden = !problems.length;
  // Warnings may wait; a problem that stops the page may not.
  if (section.classList.toggle("stopped", faults.length > 0)) section.open = true;
  const warnings = problems.length - faults.length;
  const counts = [counted(faults.length, "problem"), counted(warnings, "warning")].filter((each) => each);
  section.querySelector("summary").textContent = counts.join(", ");
  section.querySelector("ol").replaceChildren(...[...faults, ...problems.filter((each) => each.warning)].map((each) => {
    const hint = made("span", { className: "hint", textContent: `try: ${each.hint}` });
    return made("li", {}, placeOf(each.path, each.line, each.column), `: ${each.warning ? "warning: " : ""}${each.text}`, hint);
  }));
}

const counted = (count, noun) => (count ? `${count} ${noun}${count > 1 ? "s" : ""}` : "");

// ---- Pages

function showPages(compare) {
  const earlier = new Set(pages.map((each) => each.hash).filter((each) => each));
  if (!compare) {
    pages.forEach(forget);
    pages = [];
    find("list").replaceChildren();
    find("pages").dataset.order = ""; // the new document may have as many pages
  }
  pages.splice(shown.sizes.length).forEach(forget);
  while (pages.length < shown.sizes.length) pages.push(newPage(pages.length + 1));
  for (const page of pages) {
    page.known = compare ? earlier : null;
    page.wanted = "";
  }
  arrange();
  if (!compare) {
    find("pages").scrollTop = 0;
    select(1);
    pages[wantedPage - 1]?.figure.scrollIntoView();
    document.querySelector("rect.target")?.scrollIntoView({ block: "center" });
    wantedPage = 1;
  }
}

function newPage(number) {
  const image = made("img", { alt: `Page ${number}` });
  const caption = made("figcaption", { textContent: number });
  const figure = made("figure", { id: `page-${number}` }, image, caption);
  image.addEventListener("click", (event) => ask(number, event));
  const small = made("img", { alt: "" });
  const link = made("a", { href: `#page-${number}` }, small, `${number}`);
  link.addEventListener("click", () => select(number));
  const item = made("li", {}, link);
  watcher.observe(figure);
  return { number, figure, image, caption, item, small, link, hash: "", url: "", before: "", wanted: "", known: null, over: null, overKey: "" };
}

function forget(page) {
  watcher.unobserve(page.figure);
  [page.url, page.before].filter((each) => each).forEach(URL.revokeObjectURL);
}

const watcher = new IntersectionObserver((entries) => {
  const seen = entries.filter((each) => each.isIntersecting).sort((one, other) => other.intersectionRatio - one.intersectionRatio);
  if (seen.length) select(Number(seen[0].target.id.slice("page-".length)));
}, { root: find("pages"), threshold: [0.3, 0.6, 0.9] });

function select(number) {
  current = number;
  for (const page of pages) {
    if (page.number === number) page.link.setAttribute("aria-current", "page");
    else page.link.removeAttribute("aria-current");
  }
  find("list-texts").textContent = `List the texts of page ${number}`;
}

// Give each page its place and its size, and then its picture.
function arrange() {
  const spreads = find("spreads").checked;
  const main = find("pages");
  main.classList.toggle("spreads", spreads);
  document.body.classList.toggle("grey", find("grey").checked);
  const placed = pages.flatMap((page) => (spreads && page.number % 2 === 0 ? [made("div", { className: "break" }), page.figure] : [page.figure]));
  const order = placed.map((each) => each.id || "break").join();
  if (main.dataset.order !== order) main.replaceChildren(...placed);
  main.dataset.order = order;
  const items = pages.map((page) => page.item);
  if (find("list").children.length !== items.length) find("list").replaceChildren(...items);
  const across = (main.clientWidth - 40) / (spreads ? 2 : 1);
  pages.forEach((page, index) => {
    const [width, height] = shown.sizes[index];
    const zoom = find("zoom").value;
    const fits = { width: across / width, page: Math.min(across / width, (main.clientHeight - 60) / height) };
    const scale = fits[zoom] || Number(zoom) * PX_PER_PT;
    // Two of them must fit beside each other, so none is wider than its half.
    page.image.width = Math.floor(width * scale);
    page.image.height = Math.floor(height * scale);
    drawOver(page);
  });
  load();
}

// ---- What is drawn over a page

const SVG = "http://www.w3.org/2000/svg";
const SWITCHES = { trim: "areas", area: "areas", slot: "slots", block: "blocks" };

async function drawOver(page) {
  const key = shown.key;
  const wanted = ["areas", "slots", "blocks"].some((id) => find(id).checked);
  if (wanted && page.overKey !== key) {
    const answer = await fetch(`overlays/${key}/${page.number}`);
    if (!answer.ok || key !== shown.key) return;
    page.over = await answer.json();
    page.overKey = key;
  }
  const drawn = wanted ? page.over.filter((each) => find(SWITCHES[each.kind]).checked).flatMap((each) => overlay(page, each)) : [];
  const [, number, sides] = shown.target || [];
  if (number === page.number) drawn.push(box(page, "target", sides));
  page.figure.querySelector("svg")?.remove();
  if (drawn.length) page.figure.append(sheetOf(page, drawn));
}

function sheetOf(page, drawn) {
  const [width, height] = shown.sizes[page.number - 1];
  const sheet = part("svg", { viewBox: `0 0 ${width} ${height}`, width: page.image.width, height: page.image.height, "aria-hidden": "true" });
  sheet.append(...drawn);
  return sheet;
}

function overlay(page, { kind, box: sides, label, leading_pt: leading }) {
  const [left, bottom, right, top] = sides;
  const height = shown.sizes[page.number - 1][1];
  const parts = [box(page, kind, sides)];
  for (let y = top - leading; leading && y > bottom; y -= leading) {
    parts.push(part("line", { x1: left, x2: right, y1: height - y, y2: height - y }));
  }
  // The room that is left is named in its corner, a block beside its first line, and a slot above it.
  const [x, y] = { area: [right - 2, height - bottom - 3], block: [left - 2, height - top + 7] }[kind] || [left, height - top - 2];
  const text = part("text", { class: kind, x, y });
  text.textContent = label;
  return [...parts, text];
}

function box(page, kind, [left, bottom, right, top]) {
  const height = shown.sizes[page.number - 1][1];
  return part("rect", { class: kind, x: left, y: height - top, width: right - left, height: top - bottom });
}

function part(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// Fetch the pictures that are out of date: those near the page in view first, two at a time.
async function load() {
  const turn = ++loading;
  const key = shown.key;
  const waiting = [...pages].sort((one, other) => Math.abs(one.number - current) - Math.abs(other.number - current));
  const fetchNext = async () => {
    for (let page = waiting.shift(); page && turn === loading; page = waiting.shift()) await picture(page, key, turn);
  };
  await Promise.all([fetchNext(), fetchNext()]);
}

async function picture(page, key, turn) {
  const width = Math.max(THUMBNAIL_WIDTH, Math.ceil((page.image.width * devicePixelRatio) / WIDTH_STEP) * WIDTH_STEP);
  const wanted = `page/${key}/${page.number}?width=${Math.min(width, 4000)}`;
  if (page.wanted === wanted) return;
  const answer = await fetch(wanted);
  if (!answer.ok || turn !== loading) return;
  const hash = answer.headers.get("ETag");
  const blob = await answer.blob();
  if (turn !== loading) return;
  if (page.known) mark(page, !page.known.has(hash) && page.width === width);
  Object.assign(page, { wanted, width, known: null });
  if (page.hash === hash) return;
  if (page.before && page.before !== page.url) URL.revokeObjectURL(page.before);
  page.before = page.url;
  page.hash = hash;
  page.url = URL.createObjectURL(blob);
  page.image.src = page.small.src = page.url;
}

function mark(page, changed) {
  page.figure.classList.toggle("changed", changed);
  page.item.classList.toggle("changed", changed);
  const button = made("button", { type: "button", textContent: "Compare" });
  button.addEventListener("click", () => compare(page));
  page.caption.replaceChildren(`${page.number}`, ...(changed ? [" changed ", button] : []));
}

function compare(page) {
  find("comparison-title").textContent = `Page ${page.number}, before and after`;
  find("before").src = page.before || page.url;
  find("after").src = page.url;
  slide();
  find("comparison").showModal();
}

function slide() {
  find("after").style.clipPath = `inset(0 0 0 ${100 - find("slider").value}%)`;
}
find("slider").addEventListener("input", slide);

// ---- Where it is written

async function ask(number, event) {
  const [width, height] = shown.sizes[number - 1];
  const box = event.target.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * width;
  const y = (1 - (event.clientY - box.top) / box.height) * height;
  const answer = await fetch(`written/${shown.key}/${number}?x=${x}&y=${y}`);
  if (!answer.ok) return;
  const written = await answer.json();
  tell(written);
  if (written && find("editor").value) {
    const [path, line, column] = event.altKey ? [written.template, written.template_line, 1] : [written.path, written.line, written.column];
    location.href = inEditor(path, line, column);
  }
}

function tell(written) {
  if (!written) {
    find("written").replaceChildren(made("p", { textContent: "Nothing of the brief or the layout prints there." }));
    return;
  }
  const parts = [made("p", {}, placeOf(written.path, written.line, written.column), made("br"), written.field)];
  if (written.template !== written.path) parts.push(made("p", {}, "It is placed by ", placeOf(written.template, written.template_line, 1)));
  find("written").replaceChildren(...parts);
}

// Return a line as text to copy, and as a link if the reader has named an editor.
function placeOf(path, line, column) {
  const text = line ? `${path}:${line}` : path;
  const copy = made("button", { type: "button", textContent: "Copy", ariaLabel: `Copy ${text}` });
  copy.addEventListener("click", () => navigator.clipboard.writeText(text));
  const linked = line && find("editor").value;
  const place = linked ? made("a", { href: inEditor(path, line, column || 1), textContent: text }) : made("code", { textContent: text });
  return made("span", {}, place, " ", copy);
}

function inEditor(path, line, column) {
  const full = encodeURI(`${shown.root}/${path}`);
  return find("editor").value.replace("{path}", full).replace("{line}", line).replace("{column}", column);
}

find("list-texts").addEventListener("click", async () => {
  const answer = await fetch(`texts/${shown.key}/${current}`);
  if (!answer.ok) return;
  find("texts").replaceChildren(...(await answer.json()).map((each) => {
    const button = made("button", { type: "button", textContent: each.words, title: each.words });
    button.addEventListener("click", () => tell(each));
    return made("li", {}, button);
  }));
});

// ---- The reader's settings, which stay in the browser

for (const id of SETTINGS) {
  const input = find(id);
  const known = localStorage.getItem(id);
  if (known !== null && input.type === "checkbox") input.checked = known === "true";
  else if (known !== null) input.value = known;
  input.addEventListener("change", () => {
    localStorage.setItem(id, input.type === "checkbox" ? input.checked : input.value);
    if (shown) { arrange(); listProblems(shown.problems); }
  });
}
addEventListener("resize", () => shown && arrange());
