// Words selected in the document go along with 补一条; without this script they are pasted.
(() => {
  const add = document.getElementById("add");
  if (!add) return;
  const address = add.getAttribute("href");
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const inside = selection.anchorNode && selection.anchorNode.parentElement && selection.anchorNode.parentElement.closest(".doc, .doc-line");
    if (!inside) return;
    const part = document.createElement("div");
    part.append(selection.getRangeAt(0).cloneContents());
    part.querySelectorAll("sup").forEach((label) => label.remove());
    const words = part.textContent.trim().slice(0, 500);
    add.setAttribute("href", words ? `${address}?quote=${encodeURIComponent(words)}` : address);
  });
})();
