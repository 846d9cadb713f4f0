/** The one style sheet of the bank: a look of its own, always light, so that one sees the site changed. */
export const style = /* css */ `
@font-face {
  font-family: 'Figtree'; src: url(/figtree.woff2) format('woff2');
  font-weight: 300 900; font-display: swap;
}
:root {
  color-scheme: light;
  --fond: #EDF0F6; --papier: #fff; --trait: #CBD0DE; --trait-fort: #6F7690;
  --encre: #171B2C; --encre-2: #515872;
  --bleu: #2B3A8C; --bleu-fort: #1D2863; --bleu-clair: #E5E8F7; --soleil: #FFD34D;
  --vert: #256B38; --vert-clair: #E2F1E3; --rouge: #A4262C; --rouge-clair: #FCE7E4;
  --miel: #7A4B00; --miel-clair: #FFF1CC;
  --texte: 'Figtree', system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; background: var(--fond); color: var(--encre);
  font: 400 1.0625rem/1.5 var(--texte); overflow-wrap: break-word;
}
h1, h2 { font-weight: 700; line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.5rem; margin-bottom: 1.25rem; }
h2 { font-size: 1.25rem; margin: 1.75rem 0 .6rem; }
p { margin: 0; max-width: 68ch; text-wrap: pretty; }
p + p { margin-top: .75rem; }
a { color: var(--bleu); text-underline-offset: .18em; text-decoration-thickness: .07em; }
a:hover { color: var(--bleu-fort); text-decoration-thickness: .14em; }
:focus-visible {
  outline: 3px solid var(--encre); outline-offset: 2px; box-shadow: 0 0 0 5px var(--soleil); border-radius: .375rem;
}
h1:focus-visible, main:focus-visible { outline: 0; box-shadow: none; }
.num { font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
.code { font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere; }
.vh { position: absolute !important; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg.i {
  width: 1.25em; height: 1.25em; flex: none; stroke: currentColor; fill: none; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; vertical-align: -.24em;
}
.evite {
  position: absolute; left: 1rem; top: -6rem; background: var(--soleil); color: var(--encre); padding: .75rem 1rem;
  z-index: 9; border-radius: 0 0 .625rem .625rem; font-weight: 600;
}
.evite:focus { top: 0; }
.large { width: min(72rem, 100% - 2rem); margin-inline: auto; }
.moyen { max-width: 62rem; margin-inline: auto; }

.essai {
  background: repeating-linear-gradient(-45deg, #FFD34D 0 18px, #FFC928 18px 36px); color: var(--encre);
  font-weight: 700; font-size: .9375rem; border-bottom: 3px solid var(--encre);
}
.essai .large { display: flex; gap: .6rem; align-items: center; padding: .55rem 0; line-height: 1.3; }
.essai a { color: inherit; }
.tete { background: var(--bleu-fort); color: #fff; }
.tete .large { display: flex; align-items: center; justify-content: space-between; gap: 1rem; min-height: 4rem; }
.banque { font: 700 1.25rem/1.1 var(--texte); display: flex; gap: .7rem; align-items: center; color: #fff; text-decoration: none; }
.banque:hover { color: #fff; }
.banque svg { width: 2rem; height: 2rem; flex: none; }
.banque small { display: block; font-weight: 500; font-size: .8125rem; opacity: .9; }
.sur { display: flex; gap: .5rem; align-items: center; font-size: .9375rem; }
main { padding-block: 2rem 4rem; }
.pied { padding-bottom: 2rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; line-height: 1.75; }
.pied a { min-height: 1.5rem; display: inline-block; }

.etapes { display: flex; list-style: none; margin: 0 auto 1.25rem; padding: 0; font-size: .9375rem; flex-wrap: wrap; }
.etapes li { display: flex; align-items: center; gap: .5rem; color: var(--encre-2); }
.etapes li + li::before { content: ''; width: 1.6rem; border-top: 2px dashed var(--trait-fort); margin-inline: .55rem; }
.etapes i {
  font: 700 .9375rem/1 var(--texte); display: grid; place-items: center; flex: none; width: 1.85rem; height: 1.85rem;
  border: 2px solid var(--trait-fort); border-radius: .3rem; color: var(--encre-2); background: var(--papier);
}
.etapes [aria-current] { color: var(--encre); font-weight: 650; }
.etapes [aria-current] i { background: var(--soleil); border-color: var(--encre); color: var(--encre); }
.etapes .fait i { background: var(--bleu); border-color: var(--bleu); color: #fff; }

.grille { display: grid; grid-template-columns: minmax(0, 1fr) 20rem; gap: 1.75rem; align-items: start; }
.carton { background: var(--papier); border: 1px solid var(--trait); border-radius: .5rem; padding: 1.75rem; }
.champ { margin-bottom: 1.35rem; }
.champ > label, .champ > legend { display: block; font-weight: 650; padding: 0; margin-bottom: .3rem; }
.champ .aide { display: block; margin: .1rem 0 .35rem; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.aide, .minu { font-size: .9375rem; color: var(--encre-2); }
.saisie {
  width: 100%; min-height: 3rem; padding: .5rem .8rem; border: 2px solid var(--trait-fort); border-radius: .375rem;
  background: var(--papier); color: var(--encre); font: 500 1.0625rem/1.3 var(--texte);
}
.saisie[aria-invalid] { border-color: var(--rouge); }
.erreur { display: flex; gap: .45rem; color: var(--rouge); font-weight: 650; margin: .35rem 0; }
.numero-carte { font-size: 1.25rem; letter-spacing: .04em; }
.paire { display: flex; gap: .5rem; align-items: center; }
.paire .saisie { width: 6rem; }
.paire .saisie.an { width: 7.5rem; }
.paire .barre { font-size: 1.4rem; color: var(--encre-2); }
.crypto { display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; }
.crypto .saisie { width: 6.5rem; font-size: 1.25rem; letter-spacing: .14em; }
.logos { display: flex; gap: .5rem; flex-wrap: wrap; list-style: none; margin: .5rem 0 0; padding: 0; }
.logos.espaces { margin: 1.1rem 0; }
.logos li {
  border: 1.5px solid var(--trait); border-radius: .35rem; padding: .32rem .7rem; font-size: .8125rem; font-weight: 700;
  color: var(--encre-2); background: #fff; line-height: 1.3;
}
.logos li.on { border-color: var(--bleu); color: var(--bleu-fort); background: var(--bleu-clair); }
.apres { margin-top: .8rem; }

.b {
  display: inline-flex; align-items: center; justify-content: center; gap: .55rem; min-height: 3.125rem;
  padding: .55rem 1.4rem; border: 2px solid transparent; border-radius: .375rem; font: 650 1.0625rem/1.2 var(--texte);
  text-decoration: none; cursor: pointer; text-align: center;
}
.b-1 { background: var(--bleu); color: #fff; }
.b-1:hover { background: var(--bleu-fort); color: #fff; }
.b-2 { background: transparent; color: var(--bleu); border-color: var(--bleu); }
.b-2:hover { background: var(--bleu-clair); color: var(--bleu-fort); }
.plein { width: 100%; font-size: 1.1875rem; }
.lien {
  background: none; border: 0; padding: .3rem 0; min-height: 1.5rem; font: inherit; color: var(--bleu); cursor: pointer;
  text-decoration: underline; text-underline-offset: .18em; text-decoration-thickness: .07em;
}
.lien:hover { color: var(--bleu-fort); text-decoration-thickness: .14em; }
.boutons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; align-items: center; }

.tuiles { display: grid; gap: .75rem; }
.tuile {
  display: flex; align-items: center; gap: .75rem; min-height: 4.25rem; padding: .75rem 1rem; cursor: pointer;
  border: 2px solid var(--trait-fort); border-radius: .5rem; background: var(--papier); font-weight: 650;
}
.tuile:hover { background: var(--bleu-clair); }
.tuile:has(:checked) { border-color: var(--bleu); background: var(--bleu-clair); box-shadow: inset 0 0 0 1px var(--bleu); }
.tuile:has(:focus-visible) { outline: 3px solid var(--encre); outline-offset: 2px; box-shadow: 0 0 0 5px var(--soleil); }
.tuile input { width: 1.35rem; height: 1.35rem; margin: 0; accent-color: var(--bleu); flex: none; }
.tuile input:focus-visible { outline: 0; box-shadow: none; }
.tuile svg { width: 2.4rem; height: 1.7rem; margin-left: auto; flex: none; }

.recap dl { display: grid; gap: .6rem; margin: 0; }
.recap dt { font-size: .8125rem; color: var(--encre-2); }
.recap dd { margin: 0; font-weight: 600; }
.recap .tot { font-size: 1.875rem; font-weight: 750; line-height: 1.15; }
.recap form { margin-top: 1rem; }
.seul-mobile { display: none; text-align: center; }

.avis {
  display: grid; grid-template-columns: auto 1fr; gap: .35rem .8rem; padding: 1rem 1.1rem; margin-bottom: 1.35rem;
  border: 1px solid var(--trait-fort); border-left-width: 6px; border-radius: .5rem; background: var(--bleu-clair);
}
.avis svg.i { width: 1.5rem; height: 1.5rem; margin-top: .05rem; }
.avis h2 { font-size: 1.0625rem; margin: 0 0 .25rem; }
.avis ul { margin: .25rem 0 0; padding-left: 1.1rem; }
.avis-rouge { background: var(--rouge-clair); border-color: var(--rouge); }
.avis-rouge svg { color: var(--rouge); }
.avis-rouge a { color: var(--rouge); }
.avis-vert { background: var(--vert-clair); border-color: var(--vert); }
.avis-vert svg { color: var(--vert); }

.fiche { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .45rem 1.25rem; margin: 0; }
.fiche dt { color: var(--encre-2); }
.fiche dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.fiche .fort { font-size: 1.375rem; line-height: 1.15; }
.issue { display: flex; gap: .75rem; align-items: center; }
.issue svg.i { width: 2.25rem; height: 2.25rem; }
.issue.oui svg { color: var(--vert); }
.issue.non svg { color: var(--rouge); }

.code-sms { font-size: 1.5rem; letter-spacing: .25em; max-width: 12rem; }
.telephone {
  width: 15rem; margin: 0 auto; padding: 1.1rem .8rem 1.4rem; border: 3px solid var(--encre); border-radius: 1.9rem;
  background: linear-gradient(#33406F, #1D2863); min-height: 21rem; position: relative;
}
.telephone::before {
  content: ''; display: block; width: 4.5rem; height: .4rem; border-radius: 1rem; background: var(--encre); margin: 0 auto 1rem;
}
.telephone .heure { color: #fff; text-align: center; font-size: 2rem; font-weight: 600; line-height: 1.1; margin: 0 auto 1rem; }
.bulle { background: #fff; border-radius: .8rem; padding: .7rem .8rem; font-size: .9375rem; line-height: 1.4; }
.bulle b { display: block; font-size: .8125rem; color: var(--encre-2); }
.bulle .court { margin-top: .5rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; font-weight: 650; }
.bulle.vide { background: rgb(255 255 255 / .16); color: #fff; text-align: center; }
.cote { display: grid; gap: 1.25rem; }
.cote h2 { font-size: 1rem; margin: 0 0 .75rem; text-align: center; }
details { margin-top: 1.25rem; }
summary { cursor: pointer; font-weight: 650; color: var(--bleu); padding: .3rem 0; width: fit-content; }
details ul { margin: .5rem 0 0; padding-left: 1.2rem; }
details li + li { margin-top: .35rem; }

.tab { width: 100%; border-collapse: collapse; }
.tab caption { text-align: left; font-weight: 700; font-size: 1.25rem; padding: 1.5rem 0 .5rem; }
.tab th, .tab td { text-align: left; padding: .7rem .75rem .7rem 0; border-bottom: 1px solid var(--trait); vertical-align: top; }
.tab thead th { font-size: .875rem; color: var(--encre-2); border-bottom: 2px solid var(--trait-fort); }
.tab tbody th { font-weight: 650; }
.liens { list-style: none; padding: 0; margin: 1.5rem 0 0; display: grid; gap: .75rem; }
.liens a { font-weight: 650; display: inline-flex; min-height: 1.75rem; align-items: center; }
.courriel { white-space: pre-wrap; font: inherit; margin: 0; overflow-wrap: anywhere; }
.cadre { width: 100%; height: 26rem; border: 1px solid var(--trait); border-radius: .375rem; background: #fff; }

.machines h3 { font-size: 1rem; margin: 1rem 0 .35rem; }
.machines pre {
  margin: 0; padding: .75rem; background: var(--fond); border-radius: .375rem;
  font: .875rem/1.45 ui-monospace, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
}
.heure { font-size: 1.25rem; font-weight: 650; }
.fait-ici { margin-top: 1rem; padding: .6rem .9rem; background: var(--vert-clair); border-left: 4px solid var(--vert); }
.reglage { display: grid; grid-template-columns: 12rem minmax(0, 1fr) auto; gap: .5rem .75rem; align-items: center; margin-top: .75rem; }
.reglage label { font-weight: 650; }
.reglage .minu { grid-column: 2 / -1; }
.echange { border-top: 1px solid var(--trait); margin: 0; padding: .5rem 0; }
.echange summary { width: auto; color: var(--encre); }
.echange[open] { padding-bottom: 1.25rem; }
.echange .fiche { margin-top: .5rem; }

@media (max-width: 52rem) {
  .grille { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  .recap { order: -1; padding: 1rem 1.1rem; }
  .recap .pas { display: none; }
  .recap dl { grid-template-columns: 1fr auto; align-items: end; gap: 1rem; }
  .recap dl > div + div { text-align: right; font-size: .9375rem; }
  .recap .tot { font-size: 1.625rem; }
  .carton { padding: 1.15rem; }
  .seul-mobile { display: block; }
  .cote { display: contents; }
  .cote .appareil { order: 2; }
}
@media (max-width: 44rem) {
  main { padding-block: 1rem 2.5rem; }
  .large { width: min(72rem, 100% - 1.75rem); }
  .etapes { flex-wrap: nowrap; }
  .etapes li span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .etapes [aria-current] { min-width: 0; }
  .etapes [aria-current] .nom { position: static; width: auto; height: auto; clip-path: none; }
  .etapes li + li::before { width: .7rem; margin-inline: .3rem; flex: none; }
  .cache-mobile { display: none !important; }
  .reglage { grid-template-columns: minmax(0, 1fr); }
  .reglage .minu { grid-column: auto; }
  .boutons .b { width: 100%; }
  .boutons form { width: 100%; }
  .fiche { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .fiche dd { margin-bottom: .6rem; }
  .empile thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .empile, .empile tbody, .empile tr, .empile td, .empile th, .empile caption { display: block; }
  .empile tr { border-bottom: 1px solid var(--trait); padding: .6rem 0; }
  .empile th, .empile td { border: 0; padding: .1rem 0; }
}
@media print {
  body { background: #fff; font-size: 10.5pt; }
  .essai { background: none; border: 1px solid #000; }
  .tete { background: none; color: #000; }
  .banque, .banque:hover { color: #000; }
  .evite, .boutons, .pied, .sur, .etapes, .essai a { display: none !important; }
  .carton { border-color: #999; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .avis, .b, .tuile, .bulle { border: 1px solid; } }
`

/** Comforts for browsers that run scripts; every page works without. */
export const script = /* js */ `
const groups = (digits) => digits.startsWith('3')
  ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)].filter(Boolean)
  : digits.match(/.{1,4}/g) ?? []
for (const field of document.querySelectorAll('[data-groupes]')) {
  field.addEventListener('input', () => {
    if (field.selectionEnd !== field.value.length) return
    const digits = field.value.replace(/[\\s-]/g, '')
    if (/^\\d{1,19}$/.test(digits)) field.value = groups(digits).join(' ')
  })
}
for (const button of document.querySelectorAll('[data-imprimer]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
`
