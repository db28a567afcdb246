//go:build chrome

package web_test

// faultsScript lists what makes a page hard to use, [] when nothing does.
const faultsScript = `(() => {
	const faults = [], all = selector => [...document.querySelectorAll(selector)];
	const say = (what, e) => faults.push(what + ": " + e.outerHTML.slice(0, 120));
	const shown = e => e.getClientRects().length > 0;
	if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window: " + document.documentElement.scrollWidth);
	if (document.documentElement.lang !== "vi") faults.push("no language");
	for (const [selector, n] of [["h1", 1], ["main", 1], ["header", 1]])
		if (all(selector).length !== n) faults.push(all(selector).length + " of " + selector);
	let level = 0;
	for (const h of all("h1, h2, h3")) {
		const l = +h.tagName[1];
		if (l > level + 1) say("a level is skipped", h);
		level = l;
	}
	const named = e => (e.getAttribute("aria-label") || e.textContent || "").trim() !== "" || (e.labels && e.labels.length > 0);
	for (const e of all("a, button, input:not([type=hidden]), select, textarea, [role=group], [role=img]"))
		if (!named(e) && !e.getAttribute("aria-labelledby")) say("no name", e);
	for (const e of all("[aria-labelledby]"))
		if (!document.getElementById(e.getAttribute("aria-labelledby"))) say("named by what is not there", e);
	const ids = all("[id]").map(e => e.id);
	for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push("an id twice: " + id);
	for (const e of all("td, th")) if (!e.closest("table").querySelector("th[scope]")) say("a table without heads", e.closest("table"));
	const rgb = c => c.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
	const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
	for (const e of all("main *, header *")) {
		if (!shown(e) || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
		const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
		if ((a + .05) / (b + .05) < 4.5) say("faint", e);
	}
	if (innerWidth < 500) for (const e of all("button, .button, select, input:not([type=hidden], [type=checkbox], [type=radio])"))
		if (shown(e) && e.getBoundingClientRect().height < 24) say("too small to touch", e);
	return faults;
})()`
