/** The style sheet of the PayFiP pages: sober, square, always light; nothing of the bank's look. */
export const payfipStyle = /* css */ `
@font-face {
  font-family: 'Figtree'; src: url(/figtree.woff2) format('woff2');
  font-weight: 300 900; font-display: swap;
}
:root {
  color-scheme: light;
  --bleu: #0A3D8F; --bleu-fort: #072C68; --bleu-clair: #E8EFFB; --gris: #F5F6F8; --trait: #C8CDD6;
  --trait-fort: #666E7C; --encre: #16191F; --encre-2: #4A5160; --vert: #1B6A3B; --vert-clair: #E3F4E9;
  --rouge: #B3261E; --rouge-clair: #FDECEA;
}
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; background: #fff; color: var(--encre); overflow-wrap: break-word;
  font: 400 1.0625rem/1.5 'Figtree', system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1.25rem; text-wrap: balance; }
h2 { font-size: 1.125rem; margin: 0 0 .75rem; }
p { margin: 0; text-wrap: pretty; }
a { color: var(--bleu); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--bleu); outline-offset: 3px; }
main:focus-visible { outline: 0; }
svg { width: 1.6rem; height: 1.6rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8;
  stroke-linecap: round; stroke-linejoin: round; }
.large { width: min(60rem, 100% - 2rem); margin-inline: auto; }
.evite { position: absolute; left: 1rem; top: -6rem; background: #fff; padding: .75rem 1rem; z-index: 9; font-weight: 600; }
.evite:focus { top: 0; }
.essai { background: var(--encre); color: #fff; font-weight: 600; font-size: .9375rem; }
.essai .large { padding: .6rem 0; }
.essai a { color: inherit; }
.tete { border-bottom: 4px solid var(--bleu); }
.tete .large { display: flex; align-items: center; gap: .9rem; min-height: 4.5rem; }
.tete svg { width: 2.4rem; height: 2.4rem; color: var(--bleu); }
.tete strong { display: block; font-size: 1.5rem; line-height: 1.1; color: var(--bleu-fort); letter-spacing: -.01em; }
.tete small { font-size: .875rem; color: var(--encre-2); }
.cadre { display: grid; gap: 2rem; padding: 2rem 0 3rem; }
.rappel { font-weight: 600; border-left: 4px solid var(--bleu); padding-left: .75rem; margin-bottom: 1.25rem; }
@media (min-width: 48rem) { .rappel { display: none; } }
@media (min-width: 48rem) { .cadre { grid-template-columns: minmax(0, 1fr) 20rem; align-items: start; } }
.dette { background: var(--gris); border-left: 4px solid var(--bleu); padding: 1.25rem; }
.dette dl { margin: 0; display: grid; gap: .75rem; }
.dette dt { font-size: .875rem; color: var(--encre-2); }
.dette dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.dette .somme dd { font-size: 1.75rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.choix { display: grid; gap: 1rem; margin: 0 0 1.5rem; }
.voie {
  width: 100%; display: flex; gap: 1rem; align-items: center; text-align: left; font: inherit; color: inherit; cursor: pointer;
  background: #fff; border: 1px solid var(--trait-fort); padding: 1.1rem 1.25rem; min-height: 5rem;
}
.voie:hover { background: var(--bleu-clair); border-color: var(--bleu); }
.voie svg { color: var(--bleu); width: 2rem; height: 2rem; }
.voie strong { display: block; color: var(--bleu-fort); font-size: 1.125rem; }
.voie span span { color: var(--encre-2); font-size: .9375rem; }
.champ { margin-bottom: 1.35rem; }
.champ > label, legend { display: block; font-weight: 600; padding: 0; margin-bottom: .15rem; }
.aide { display: block; color: var(--encre-2); font-size: .9375rem; margin-bottom: .35rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1.35rem; min-width: 0; }
input[type='text'], select {
  font: inherit; color: inherit; width: 100%; max-width: 22rem; min-height: 3rem; padding: .5rem .75rem; background: var(--gris);
  border: 0; border-bottom: 2px solid var(--trait-fort); border-radius: 4px 4px 0 0;
}
.court { max-width: 7rem !important; }
.deux { display: flex; gap: 1rem; flex-wrap: wrap; }
.deux label { display: block; font-size: .9375rem; color: var(--encre-2); }
.deux select { min-width: 7rem; }
.compte { display: flex; gap: .75rem; align-items: center; min-height: 3rem; }
.compte input { width: 1.35rem; height: 1.35rem; accent-color: var(--bleu); flex: none; margin: 0; }
[aria-invalid='true'] { border-bottom-color: var(--rouge) !important; }
.faute { color: var(--rouge); font-weight: 600; display: block; margin-top: .35rem; }
.alerte { border-left: 4px solid var(--rouge); background: var(--rouge-clair); padding: 1rem 1.25rem; margin-bottom: 1.5rem; }
.alerte ul { margin: .35rem 0 0; padding-left: 1.2rem; }
.issue { display: flex; gap: 1rem; padding: 1.25rem; margin-bottom: 1.5rem; border-left: 4px solid var(--rouge); background: var(--rouge-clair); }
.issue.oui { border-color: var(--vert); background: var(--vert-clair); }
.issue svg { color: var(--rouge); margin-top: .2rem; }
.issue.oui svg { color: var(--vert); }
.issue h1 { margin-bottom: .35rem; font-size: 1.5rem; }
.b {
  display: inline-flex; align-items: center; justify-content: center; min-height: 3rem; padding: .6rem 1.5rem; font: inherit;
  font-weight: 600; border: 1px solid var(--bleu); background: var(--bleu); color: #fff; cursor: pointer; text-decoration: none;
}
.b:hover { background: var(--bleu-fort); }
.b-2 { background: #fff; color: var(--bleu); }
.b-2:hover { background: var(--bleu-clair); }
.cadre > div > p + .boutons { margin-top: 1.25rem; }
.boutons { display: flex; flex-wrap: wrap; gap: 1rem; margin-bottom: 1.25rem; }
@media (max-width: 30rem) { .boutons > *, .boutons .b { width: 100%; } }
.lien { background: none; border: 0; padding: .75rem 0; font: inherit; color: var(--bleu); text-decoration: underline; text-underline-offset: .18em; cursor: pointer; min-height: 2.75rem; text-align: left; }
.pied { border-top: 1px solid var(--trait); padding: 1.25rem 0 2rem; color: var(--encre-2); font-size: .9375rem; }
.code { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
`
