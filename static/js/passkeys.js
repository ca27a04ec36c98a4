// Offers passkeys where the browser has them, and says when one did not work.
// A passkey belongs to a host name: none can exist for an address made of figures.
const isNamed = !/^[\d.]+$|:/.test(location.hostname);

if (window.PublicKeyCredential && isNamed) {
  for (const element of document.querySelectorAll("[data-passkey]")) element.hidden = false;
} else {
  for (const element of document.querySelectorAll("[data-no-passkey]")) element.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.querySelector("[data-passkey-problem]");
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
});
