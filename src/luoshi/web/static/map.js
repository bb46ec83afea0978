// Rows of a register drawn where they lie; the table below says the same. Nothing is asked of another server.
(() => {
  const box = document.getElementById("map"), written = document.getElementById("places");
  if (!box || !written || !window.L) return;
  const look = getComputedStyle(document.documentElement);
  const accent = look.getPropertyValue("--accent").trim() || "#0b6e4f";
  const map = L.map(box, { attributionControl: false, zoomControl: true });
  if (box.dataset.tiles) L.tileLayer(`${box.dataset.tiles}{z}/{x}/{y}.png`, { maxNativeZoom: 16, maxZoom: 18 }).addTo(map);
  const link = (key) => [...document.querySelectorAll("a[data-key]")].find((a) => a.dataset.key === key);
  const drawn = L.geoJSON(JSON.parse(written.textContent), {
    style: { color: accent, weight: 2, fillOpacity: 0.25 },
    pointToLayer: (feature, place) => L.circleMarker(place, { radius: 7, color: accent, weight: 2, fillOpacity: 0.5 }),
    onEachFeature: (feature, layer) => {
      const words = document.createElement("span");
      words.textContent = `${feature.properties.title} · ${feature.properties.verification}`;
      layer.bindTooltip(words);
      layer.on("click", () => { const to = link(feature.properties.key); if (to) window.location.assign(to.href); });
    },
  }).addTo(map);
  map.fitBounds(drawn.getBounds(), { padding: [24, 24], maxZoom: 15 });
})();
