// Draws one link to a file. The address is one of ours and arrives as data; the server checks who asks for it.
// A file may take a while to make: this is said beside the link, and until it is there another click asks for nothing.

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function take(link, said, name) {
  if (link.getAttribute("aria-disabled")) return;
  link.setAttribute("aria-disabled", "true");
  said.textContent = "It is being made. The download begins by itself.";
  try {
    const answer = await fetch(link.href);
    if (answer.ok) save(await answer.blob(), name);
    said.textContent = answer.ok ? "" : await answer.text();
  } catch {
    said.textContent = "The file did not arrive. Try again.";
  }
  link.removeAttribute("aria-disabled");
}

export default function ({ data, parentElement }) {
  const [link, said] = parentElement.querySelectorAll("a, span");
  link.textContent = data.label;
  link.href = data.href;
  link.className = data.look;
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    take(link, said, data.file);
  };
}
