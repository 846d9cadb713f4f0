/** The covered playground, drawn for the sign-in page; decorative, coloured by the style sheet. */
export const Courtyard = () => (
  <svg class="cour cache-mobile" viewBox="0 0 640 250" aria-hidden="true" focusable="false">
    <circle class="c-soleil" cx="548" cy="58" r="34" />
    <path class="c-fond" d="M78 92h484v118H78z" />
    <path class="c-toit" d="M28 92V82L320 22l292 60v10z" />
    <path class="c-rive" d="M28 92h584v7H28z" />
    <path class="c-poteau" d="M88 99v111M242 99v111M398 99v111M552 99v111" />
    <path class="c-sol" d="M12 211h616" />
    <path class="c-banc" d="M430 180h92M444 182v28M508 182v28" />
    <g class="c-marelle">
      <path d="M96 222h40l-7 16H88zM136 222h40l-6 16h-41zM176 222h40l-3 16h-43zM216 222h40l1 16h-44zM256 222h40l5 16h-44z" />
    </g>
    <g class="c-enfant">
      <circle cx="200" cy="126" r="11" />
      <path d="M200 141v34M200 150l-20-13M200 150l21-11M200 175l-11 30M200 175l15 16-6 16" />
    </g>
    <g class="c-enfant c-deux">
      <circle cx="330" cy="138" r="11" />
      <path d="M330 153v34M330 163l-16 12M330 163l19 8M330 187l-10 23M330 187l12 23" />
    </g>
    <circle class="c-ballon" cx="370" cy="200" r="10" />
    <g class="c-enfant c-trois">
      <circle cx="482" cy="132" r="11" />
      <path d="M482 147v33M482 158l-14 14M482 158l15 13M482 180h18v28M482 180h12" />
    </g>
  </svg>
)
