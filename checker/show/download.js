// Draws one link to a file. The address is one of ours and arrives as data; the server checks who asks for it.

export default function ({ data, parentElement }) {
  const link = parentElement.querySelector("a");
  link.textContent = data.label;
  link.href = data.href;
  link.className = data.look;
}
