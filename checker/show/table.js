// Draws one table of text cells. Every text arrives as data and is set as text, never as markup.
// Roles are named because a browser may forget them where a narrow screen stacks the cells.
// A click on a link tells the server, so that the session goes on; opened in a new tab it is an ordinary address.

function element(name, properties, children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...(children ?? []));
  return made;
}

function content(cell, follow) {
  const parts = [];
  const text = element("span", { className: cell.tone ? `text tag ${cell.tone}` : "text", textContent: cell.text });
  if (cell.href) {
    const link = element("a", { href: cell.href }, [text]);
    if (cell.label) link.setAttribute("aria-label", cell.label);
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      follow(cell.href);
    };
    parts.push(link);
  } else {
    parts.push(text);
  }
  if (cell.note) {
    const note = element("span", { className: "note", textContent: cell.note });
    if (cell.href) parts[0].append(note);
    else parts.push(note);
  }
  return parts;
}

function place(cell, column, first, follow) {
  const made = element(first ? "th" : "td", { role: first ? "rowheader" : "cell" }, content(cell, follow));
  if (first) made.setAttribute("scope", "row");
  if (column.number) made.classList.add("number");
  if (cell.fill) made.classList.add("fill", cell.fill);
  if (cell.chosen) {
    made.classList.add("chosen");
    made.querySelector("a")?.setAttribute("aria-current", "true");
  }
  made.dataset.heading = column.title.replace(/\?$/, "");
  return made;
}

function heading(column) {
  const made = element("th", { role: "columnheader", textContent: column.title });
  made.setAttribute("scope", "col");
  if (column.number) made.classList.add("number");
  return made;
}

function reachable(box, caption) {
  const wide = box.scrollWidth > box.clientWidth + 1;
  if (!wide) return ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name));
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", `${caption}, scrolls sideways`);
}

// Takes the reader to the table once for each place; drawing the same table again does not move the page.
function arrive(box, caption, place) {
  if (place === (box.dataset.arrived ?? "")) return;
  box.dataset.arrived = place;
  if (!place) return;
  caption.setAttribute("tabindex", "-1");
  caption.scrollIntoView({ block: "start" });
  caption.focus({ preventScroll: true });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const follow = (href) => setTriggerValue("followed", href);
  const box = parentElement.querySelector(".box");
  const rows = data.rows.map((row) =>
    element("tr", { role: "row" }, row.map((cell, at) => place(cell, data.columns[at], at === 0 && data.row_headings, follow))),
  );
  const caption = element("p", { id: "caption", className: "caption", textContent: data.caption });
  if (data.caption_hidden) caption.classList.add("hidden");
  const head = element("thead", { role: "rowgroup" }, [element("tr", { role: "row" }, data.columns.map(heading))]);
  box.className = `box ${data.look ?? ""}`;
  const table = element("table", { role: "table" }, [head, element("tbody", { role: "rowgroup" }, rows)]);
  table.setAttribute("aria-labelledby", caption.id);
  box.replaceChildren(caption, table);
  const watch = new ResizeObserver(() => reachable(box, data.caption));
  watch.observe(box);
  arrive(box, caption, data.arrive ?? "");
  return () => watch.disconnect();
}
