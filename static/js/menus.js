// Menus are <details>: they open without script. This closes them on Escape, outside clicks and leaving.
function close(menu, { refocus = false } = {}) {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
}

export function closeMenusOutside() {
  const opened = () => [...document.querySelectorAll("details[data-menu][open]")];
  const closeOthers = (event) => {
    for (const menu of opened()) if (!menu.contains(event.target)) close(menu);
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) close(menu, { refocus: menu.contains(document.activeElement) });
  });
}
