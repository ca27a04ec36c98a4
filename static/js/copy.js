// A button that copies: data-copy names the element whose value or text is copied,
// data-copied says so in words, in the element that follows (a live region).
export function copyButton(button) {
  if (!navigator.clipboard) return;
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  told.className = "small soft";
  button.after(told);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
      told.textContent = button.dataset.copied;
    } catch {
      told.textContent = button.dataset.copyFailed;
      source.focus();
      source.select?.();
    }
  });
}
