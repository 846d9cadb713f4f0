/** The hosted page's look, unlike the bank's: white and violet, so that one sees where one is. */
export const stripeStyle = /* css */ `
:root { color-scheme: light; --encre: #1A1F36; --doux: #4F566B; --violet: #5046C8; --trait: #C1C9D2; }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--encre); font: 400 1rem/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
.bandeau { margin: 0; padding: .5rem 1rem; background: #FFDE92; color: #5A3600; font-weight: 600; text-align: center; }
.page { display: grid; grid-template-columns: 1fr 1fr; min-height: calc(100vh - 2.5rem); }
header { background: #F6F4FF; padding: 3rem clamp(1rem, 6vw, 6rem); }
main { padding: 3rem clamp(1rem, 6vw, 6rem); box-shadow: -12px 0 24px -18px rgb(26 31 54 / .3); }
.enseigne { font-weight: 700; margin: 0 0 2rem; }
.enseigne small { display: block; font-weight: 400; color: var(--doux); }
.objet { color: var(--doux); margin: 0; }
.montant { font-size: 2.25rem; font-weight: 700; margin: 0 0 1.5rem; font-variant-numeric: tabular-nums; }
h1, h2 { font-size: 1.25rem; margin: 0 0 1rem; }
form { margin: 0 0 2.5rem; display: grid; gap: 1rem; }
.deux { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: end; }
label { display: grid; gap: .3rem; font-weight: 600; font-size: .9375rem; }
input { font: inherit; padding: .65rem .75rem; border: 1px solid #6B7385; border-radius: .4rem; width: 100%; min-height: 2.75rem; }
button { font: inherit; font-weight: 650; min-height: 2.75rem; border: 0; border-radius: .4rem; background: var(--violet); color: #fff; cursor: pointer; }
button.second { background: #fff; color: var(--violet); border: 1px solid var(--violet); }
:focus-visible { outline: 3px solid #1A1F36; outline-offset: 2px; }
a { color: var(--violet); }
.petit { font-size: .875rem; color: var(--doux); margin: 0; }
.erreur { background: #FDE8E8; color: #8B1A1A; padding: .75rem 1rem; border-radius: .4rem; font-weight: 600; }
table { border-collapse: collapse; font-size: .875rem; width: 100%; }
th, td { text-align: left; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid var(--trait); }
@media (max-width: 48rem) { .page { grid-template-columns: minmax(0, 1fr); } header, main { padding: 1.5rem 1rem; } main { box-shadow: none; } }
`
