"use strict";
// The review page: keeps the page in view, what stands beside it, and the keys.

const build = document.body.dataset.build;
const pages = [...document.querySelectorAll("main figure")];
const main = document.getElementById("packet");
const said = document.getElementById("said");
const goPage = document.getElementById("go-page");
const split = document.getElementById("split");
let current = 0; // none, until one arrives

const heard = document.getElementById("heard");
const say = (sentence) => { said.textContent = sentence; };
const tell = (sentence) => { heard.textContent = sentence; }; // those who listen, and cannot see it
const figure = (page) => pages[page - 1];
const caption = (page) => figure(page).querySelector("figcaption").textContent;
const clamp = (page) => Math.min(Math.max(page, 1), pages.length);

async function ask(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

// ---- the page in view

function show(page, { focus = false } = {}) {
  const target = figure(clamp(page));
  target.scrollIntoView({ block: "start" });
  if (focus) { main.focus({ preventScroll: true }); }
  inView(clamp(page));
}

const contents = document.querySelector("nav");
function bringIntoList(link) { // moves the list alone, never the page
  const inside = contents.getBoundingClientRect(), one = link.getBoundingClientRect();
  if (one.top < inside.top || one.bottom > inside.bottom) {
    contents.scrollTop += one.top - inside.top - contents.clientHeight / 3;
  }
}

let lookingBeside = 0;
function inView(page) {
  if (page === current) return;
  current = page;
  if (document.activeElement !== goPage) goPage.value = page; // nobody is writing there
  const of = figure(page).dataset.document;
  for (const link of document.querySelectorAll("nav a[data-document]")) {
    if (link.dataset.document !== of) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "true");
      bringIntoList(link);
    }
  }
  clearTimeout(lookingBeside);
  lookingBeside = setTimeout(() => showBeside(page).then(() => tell(caption(current))), 60);
}

function renewBeside(html) { // whoever is on a button or link there stays on it
  const beside = document.getElementById("beside"), held = document.activeElement;
  const was = beside.contains(held) ? held : null;
  const same = was && (was.dataset.decide ? `[data-decide="${was.dataset.decide}"]` : `[href="${was.getAttribute("href")}"]`);
  beside.innerHTML = html;
  if (was) (beside.querySelector(same) || beside).focus({ preventScroll: true });
}

let wanted = 0; // what was asked for last is shown, in whatever order the answers come
async function fillBeside(of) {
  const mine = ++wanted;
  try {
    const html = await (await ask(`/build/${build}/${of}`)).text();
    if (mine === wanted) renewBeside(html);
  } catch (error) { say(error.message); }
}
const showBeside = (page) => fillBeside(`beside/${page}`);

const visible = new Map();
const watching = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const page = Number(entry.target.dataset.page);
    if (entry.isIntersecting) visible.set(page, entry.intersectionRect.height);
    else visible.delete(page);
  }
  let best = current, most = 0;
  for (const [page, height] of visible) if (height > most + 1) { best = page; most = height; }
  if (most) inView(best);
}, { root: null, threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] });

// ---- words that can be selected and read aloud

const wording = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    wording.unobserve(entry.target);
    layWords(entry.target);
  }
}, { rootMargin: "600px" });

async function layWords(of) {
  let words;
  await of.querySelector("img").decode().catch(() => {}); // the picture first
  try { words = await (await ask(`/build/${build}/words/${of.dataset.page}`)).json(); }
  catch (error) { say(error.message); return; }
  const layer = of.querySelector(".words");
  const pen = document.createElement("canvas").getContext("2d");
  for (const [left, bottom, right, top, text] of words) {
    const span = document.createElement("span");
    const height = top - bottom;
    span.textContent = `${text} `;
    pen.font = `${height}px sans-serif`;
    const natural = pen.measureText(text).width || 1;
    span.style.left = `${(left / 612) * 100}%`;
    span.style.top = `${((792 - top) / 792) * 100}%`;
    span.style.fontFamily = "sans-serif";
    span.style.fontSize = `${(height / 612) * 100}cqw`;
    span.style.transform = `scaleX(${(right - left) / natural})`;
    layer.append(span);
  }
}

for (const one of pages) { watching.observe(one); wording.observe(one); }

// ---- the cited page, beside

let citing = null; // the link that opened it

function openSplit(page) {
  const shown = figure(clamp(page));
  tell(`Shown beside: ${caption(clamp(page))}`);
  split.hidden = false;
  split.dataset.page = clamp(page);
  document.getElementById("split-heading").textContent = caption(clamp(page));
  const picture = split.querySelector("img");
  picture.src = shown.querySelector("img").src;
  picture.alt = shown.querySelector("img").alt;
}

document.addEventListener("click", (event) => {
  const cited = event.target.closest("[data-split]");
  if (cited) { event.preventDefault(); citing = cited; openSplit(Number(cited.dataset.split)); return; }
  const turn = event.target.closest("[data-turn]");
  if (turn) { openSplit(Number(split.dataset.page) + Number(turn.dataset.turn)); return; }
  const link = event.target.closest('a[href^="#page-"]');
  if (link) { event.preventDefault(); show(Number(link.hash.slice(6)), { focus: true }); }
});
document.getElementById("split-closer").addEventListener("click", () => {
  split.hidden = true;
  (citing.isConnected ? citing : document.getElementById("beside")).focus({ preventScroll: true });
});

// ---- finding

let finding = 0;
async function find(words) {
  const mine = ++finding;
  const section = document.getElementById("found");
  const list = section.querySelector("ol");
  if (!words.trim()) { section.hidden = true; say(""); return; }
  let found;
  try { found = await (await ask(`/build/${build}/find?words=${encodeURIComponent(words)}`)).json(); }
  catch (error) { say(error.message); return; }
  if (mine !== finding) return;
  section.hidden = false;
  list.replaceChildren(...found.map(({ page, label }) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `#page-${page}`;
    link.textContent = `Page ${page} · ${label}`;
    item.append(link);
    return item;
  }));
  say(found.length ? `Found on ${found.length} page${found.length === 1 ? "" : "s"}.` : "Found nowhere.");
  if (found.length) show(found[0].page);
}
document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  find(document.getElementById("find-words").value);
});
goPage.addEventListener("change", () => show(Number(goPage.value)));
goPage.addEventListener("blur", () => { goPage.value = current; });
goPage.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  show(Number(goPage.value), { focus: true });
});

// ---- deciding

const deciding = document.getElementById("deciding");
const field = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="page-token"]').content;
const headings = { approve: "Approve", request_changes: "Request changes of", comment: "Remark on" };
let wish = null;

function selectedWords() {
  const words = String(getSelection()).replace(/\s+/g, " ").trim();
  return words.length > 160 ? `${words.slice(0, 160)}…` : words;
}

function openDeciding(kind) {
  const standing = field("standing");
  if (!standing || !field("bound")) return;
  wish = { build, kind, documents: [standing.dataset.subject] };
  if (kind === "comment") {
    wish.page = current;
    wish.place = selectedWords();
  }
  field("deciding-heading").textContent = `${headings[kind]} ${standing.dataset.title}`;
  field("deciding-place").hidden = kind !== "comment";
  field("deciding-place").textContent = wish.place ? `Page ${current}, at “${wish.place}”` : `Page ${current}`;
  field("deciding-bound").replaceChildren(field("bound").content.cloneNode(true));
  field("deciding-done").textContent = headings[kind].split(" ").slice(0, kind === "approve" ? 1 : 2).join(" ").replace(/ (of|on)$/, "");
  field("deciding-said").textContent = "";
  field("note").required = kind !== "approve";
  field("note").value = "";
  field("by").value = sessionStorage.getItem("by") || "";
  chooseRole(kind);
  deciding.showModal();
}

function chooseRole(kind) { // an approval counts in some roles only
  for (const one of field("role").options) one.disabled = kind === "approve" && Boolean(one.value) && !("approves" in one.dataset);
  const kept = [...field("role").options].find((one) => one.value === sessionStorage.getItem("role"));
  field("role").value = kept && !kept.disabled ? kept.value : "";
}

async function decide(event) {
  event.preventDefault();
  for (const id of ["by", "role"]) sessionStorage.setItem(id, field(id).value);
  const sent = { ...wish, by: field("by").value, role: field("role").value, note: field("note").value };
  let answer, text;
  try {
    answer = await fetch("/decide", {
      method: "POST",
      headers: { "content-type": "application/json", "x-packet-builder": token },
      body: JSON.stringify(sent),
    });
    text = await answer.text();
  } catch { field("deciding-said").textContent = "The review has ended; nothing was recorded."; return; }
  const told = answer.headers.get("content-type").startsWith("application/json") ? JSON.parse(text).said : text;
  if (!answer.ok) { field("deciding-said").textContent = told; return; }
  deciding.close();
  say(told);
  await Promise.all([showStandings(), showBeside(current)]);
}
deciding.querySelector("form").addEventListener("submit", decide);
field("deciding-closer").addEventListener("click", () => deciding.close());
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-decide]");
  if (button) openDeciding(button.dataset.decide);
});

async function showStandings() {
  const { states, progress } = await (await ask("/standings")).json();
  field("progress").textContent = progress;
  for (const badge of document.querySelectorAll("[data-standing]")) {
    const state = states[badge.dataset.standing];
    badge.textContent = state;
    badge.className = `state ${state.replace(" ", "-")}`;
  }
}

document.querySelector("[data-whole]").addEventListener("click", async (event) => {
  event.preventDefault();
  clearTimeout(lookingBeside);
  await fillBeside("whole");
  field("beside").focus();
});

// ---- keys

const keys = document.getElementById("keys");
document.getElementById("keys-opener").addEventListener("click", () => keys.showModal());

field("keys-on").checked = sessionStorage.getItem("keys") !== "off";
field("keys-on").addEventListener("change", () => {
  sessionStorage.setItem("keys", field("keys-on").checked ? "on" : "off");
});

function documentFrom(step) {
  const here = figure(current).dataset.document;
  let page = current;
  while (page + step >= 1 && page + step <= pages.length && figure(page).dataset.document === here) page += step;
  while (page > 1 && figure(page - 1).dataset.document === figure(page).dataset.document) page -= 1;
  return page;
}

const pressed = {
  j: () => show(current + 1), k: () => show(current - 1),
  n: () => show(documentFrom(1)), p: () => show(documentFrom(-1)),
  "/": () => document.getElementById("find-words").focus(),
  g: () => goPage.select(),
  c: () => openDeciding("comment"),
  "?": () => keys.showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open || deciding.open) return;
  if (!field("keys-on").checked) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = pressed[event.key];
  if (act) { event.preventDefault(); act(); }
});

// ---- a packet that was built again

let news = "";
async function look() {
  if (document.hidden) return;
  let state;
  try { state = await (await ask("/state")).json(); }
  catch { say("The review has ended. Start packet-builder review again."); return; }
  if (state.build === build) {
    if (state.news !== news) say(state.news);
    news = state.news;
    return;
  }
  if (document.getElementById("again")) return;
  const again = document.createElement("button");
  again.id = "again";
  again.type = "button";
  again.textContent = "Show the new packet";
  again.addEventListener("click", () => {
    const here = figure(current).dataset;
    sessionStorage.setItem("place", JSON.stringify([here.document, Number(here.documentPage)]));
    location.hash = "";
    location.reload();
  });
  say("The packet was built again. ");
  said.append(again);
}
setInterval(look, 2000);

// ---- arriving

function arrive() {
  const kept = sessionStorage.getItem("place");
  sessionStorage.removeItem("place");
  if (kept) {
    const [id, page] = JSON.parse(kept);
    const of = pages.filter((one) => one.dataset.document === id);
    if (of.length) { show(Number(of[Math.min(page, of.length) - 1].dataset.page)); return; }
  }
  const asked = /^#page-(\d+)$/.exec(location.hash);
  if (asked) show(Number(asked[1])); else inView(1);
}
arrive();
