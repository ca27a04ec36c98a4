// A button that asks the browser where it is, fills the fields named by data-latitude and
// data-longitude in place of what is written or picked beside it, and sends the form. Failures
// are told in words beside it.
const TIMEOUT = 10_000;

function tellOf(button) {
  const told = document.createElement("p");
  told.className = "error";
  told.setAttribute("role", "alert");
  button.after(told);
  return (words) => { told.textContent = words ?? ""; };
}

export function nearMe(button) {
  if (!navigator.geolocation) return;
  const tell = tellOf(button);
  const label = button.querySelector("span") ?? button;
  const idle = label.textContent;
  const found = ({ coords }) => {
    for (const field of button.closest(".place")?.querySelectorAll("input") ?? []) field.value = "";
    document.getElementById(button.dataset.latitude).value = coords.latitude.toFixed(5);
    document.getElementById(button.dataset.longitude).value = coords.longitude.toFixed(5);
    button.dispatchEvent(new CustomEvent("near-me:found", { bubbles: true }));
    button.form.requestSubmit();
  };
  const failed = (error) => {
    button.disabled = false;
    label.textContent = idle;
    tell(error.code === error.PERMISSION_DENIED ? button.dataset.denied : button.dataset.unavailable);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    tell("");
    button.disabled = true;
    label.textContent = button.dataset.searching;
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: TIMEOUT, maximumAge: 300_000 });
  });
}
