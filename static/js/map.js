// The schematic map becomes a map one can move, with tiles, when an address of tiles is given.
// Shapes and places are read from the SVG; shapes stay beneath the tiles, so the map is never blank.

export function map(frame) {
  linkWithList(frame);
  if (!frame.dataset.tileUrl || navigator.connection?.saveData) return;
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    loadLeaflet(frame.dataset).then(() => show(frame), () => {}); // without Leaflet the SVG stays
  });
  seen.observe(frame);
}

function loadLeaflet({ leafletCss, leafletJs }) {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: leafletCss });
  const script = Object.assign(document.createElement("script"), { src: leafletJs });
  const ready = (element) => new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
  });
  const both = Promise.all([ready(style), ready(script)]);
  // First of the styles, so that the product's own win.
  document.head.prepend(style);
  document.head.append(script);
  return both;
}

function show(frame) {
  const svg = frame.querySelector("svg");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const holder = Object.assign(document.createElement("div"), { className: "map-tiles" });
  const place = placeOn(svg.dataset, svg.viewBox.baseVal);
  frame.append(holder);
  const { L } = window;
  const view = L.map(holder, {
    zoomControl: false, scrollWheelZoom: false, maxZoom: 18, zoomSnap: 0.25,
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
  });
  view.attributionControl.setPrefix(false);
  view.on("focus", () => view.scrollWheelZoom.enable());
  view.on("blur", () => view.scrollWheelZoom.disable());
  const zoom = L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(view);
  // Under the picture: no control ever lies over a pin.
  const controls = Object.assign(document.createElement("div"), { className: "map-controls" });
  controls.append(zoom.getContainer(), view.attributionControl.getContainer());
  frame.after(controls);
  view.fitBounds([place(0, 0), place(svg.viewBox.baseVal.width, svg.viewBox.baseVal.height)]);
  drawLands(view, svg, place);
  const tiles = L.tileLayer(frame.dataset.tileUrl, { attribution: escaped(frame.dataset.tileCredit), maxZoom: 18 });
  tiles.once("tileload", () => {
    frame.closest("figure").querySelector("[data-schematic]").remove();
    holder.classList.add("has-tiles"); // which name the places themselves
  });
  tiles.addTo(view);
  const pins = [...svg.querySelectorAll(".marker")].map((marker) => addPin(view, marker));
  pins.push(...addMark(view, svg.querySelector(".mark"))); // beside the pins, never beneath one
  const separatePins = () => {
    separate(pins, (pin) => view.latLngToLayerPoint(pin.place));
    nameWhereRoom(holder);
  };
  view.on("zoomend", separatePins);
  separatePins();
  svg.setAttribute("hidden", "");
}

// The picture is equirectangular: degrees follow from picture units by a rule of three.
function placeOn({ west, north, scaleX, scaleY }) {
  return (x, y) => [Number(north) - y / scaleY, Number(west) + x / scaleX];
}

function drawLands(view, svg, place) {
  view.createPane("lands").classList.add("map-lands"); // under the tiles
  for (const path of svg.querySelectorAll(".land")) {
    const ring = path.getAttribute("d").slice(1, -1).split("L").map((pair) => place(...pair.split(",").map(Number)));
    window.L.polygon(ring, { pane: "lands", className: "land", interactive: false }).addTo(view);
  }
}

function addPin(view, marker) {
  const { lat, lon, key } = marker.dataset;
  const pin = document.createElement("a");
  pin.href = marker.getAttribute("href");
  pin.className = marker.getAttribute("class").replace("marker", "pin");
  pin.setAttribute("aria-label", marker.getAttribute("aria-label"));
  pin.dataset.key = key;
  pin.textContent = marker.querySelector(".count")?.textContent ?? "";
  if (marker.dataset.name) pin.append(nameBeside(marker.dataset.name));
  const icon = window.L.divIcon({ className: "map-pin", html: pin, iconSize: null });
  window.L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(view);
  return { element: pin, place: [lat, lon] };
}

function nameBeside(textContent) {
  const name = Object.assign(document.createElement("span"), { className: "pin-name", textContent });
  name.setAttribute("aria-hidden", "true");
  return name;
}

// Where the search is around: a ring and its name, nothing to press.
function addMark(view, mark) {
  if (!mark) return [];
  const ring = Object.assign(document.createElement("span"), { className: "map-mark" });
  ring.setAttribute("role", "img");
  ring.setAttribute("aria-label", mark.getAttribute("aria-label"));
  if (mark.dataset.name) ring.append(nameBeside(mark.dataset.name));
  const icon = window.L.divIcon({ className: "map-pin", html: ring, iconSize: null });
  window.L.marker([mark.dataset.lat, mark.dataset.lon], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(view);
  return [{ element: ring, place: [mark.dataset.lat, mark.dataset.lon] }];
}

// Names that would cover a pin or another name, or leave the map, are not shown at this zoom.
function nameWhereRoom(holder) {
  const taken = [...holder.querySelectorAll(".pin")].map((pin) => pin.getBoundingClientRect());
  const around = holder.getBoundingClientRect();
  for (const name of holder.querySelectorAll(".pin-name")) {
    name.hidden = false;
    const own = name.getBoundingClientRect();
    const fits = own.right <= around.right && own.bottom <= around.bottom;
    name.hidden = !fits || taken.some((box) => meet(box, own));
    if (!name.hidden) taken.push(own);
  }
}

function meet(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// Pins that would cover one another at this zoom are pushed apart, as far as they need.
function separate(pins, pointOf) {
  const spots = pins.map((pin) => ({ pin, home: pointOf(pin), ...pointOf(pin) }));
  for (let step = 0, moved = true; moved && step < 40; step++) {
    moved = false;
    spots.forEach((a, index) => {
      for (const b of spots.slice(index + 1)) moved = pushApart(a, b) || moved;
    });
  }
  for (const { pin, home, x, y } of spots) {
    pin.element.style.translate = `calc(-50% + ${Math.round(x - home.x)}px) calc(-50% + ${Math.round(y - home.y)}px)`;
  }
}

function pushApart(a, b) {
  const wanted = (a.pin.element.offsetWidth + b.pin.element.offsetWidth) / 2 + 2;
  const across = b.x - a.x || 0.1;
  const down = b.y - a.y;
  const distance = Math.hypot(across, down);
  const lacking = (wanted - distance) / 2;
  if (lacking < 0.5) return false;
  a.x -= (across / distance) * lacking;
  a.y -= (down / distance) * lacking;
  b.x += (across / distance) * lacking;
  b.y += (down / distance) * lacking;
  return true;
}

// What is pointed at in the list stands out on the map, and the other way round.
function linkWithList(frame) {
  const twins = (key) => document.querySelectorAll(`[data-key="${CSS.escape(key)}"], [data-pin="${CSS.escape(key)}"]`);
  const mark = (event, on) => {
    const from = event.target.closest?.("[data-pin], [data-map] [data-key]");
    if (!from) return;
    for (const twin of twins(from.dataset.pin ?? from.dataset.key)) twin.classList.toggle("is-highlighted", on);
  };
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => mark(event, true));
  for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (event) => mark(event, false));
}

function escaped(words) {
  const holder = document.createElement("span");
  holder.textContent = words ?? "";
  return holder.innerHTML;
}
