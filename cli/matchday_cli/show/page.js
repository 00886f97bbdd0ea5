const box = document.querySelector(".find"), field = box.querySelector("input"), told = box.querySelector("output");
const parts = [...document.querySelectorAll("[data-find]")].map((part) => [part, part.dataset.find.toLowerCase()]);
const teams = parts.filter(([part]) => part.classList.contains("team"));
const others = [...document.querySelectorAll("main > section")].filter((section) => !section.querySelector("#teams"));
function find() {
  const wanted = field.value.trim().toLowerCase();
  for (const [part, name] of parts) part.hidden = !name.includes(wanted);
  others.forEach((section) => (section.hidden = wanted !== ""));
  const left = teams.filter(([part]) => !part.hidden).length;
  told.textContent = wanted ? `${left} of ${teams.length} teams` : "";
}
box.hidden = false;
field.addEventListener("input", find);
