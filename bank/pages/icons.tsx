import type { ComponentChildren } from 'preact'

// Shapes of the Lucide icons (ISC licence).
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export function FlaskIcon() {
  return (
    <Icon>
      <path d="M14 2v6a2 2 0 0 0 .245.96l5.51 10.08A2 2 0 0 1 18 22H6a2 2 0 0 1-1.755-2.96l5.51-10.08A2 2 0 0 0 10 8V2" />
      <path d="M6.453 15h11.094" />
      <path d="M8.5 2h7" />
    </Icon>
  )
}

export function LockIcon() {
  return (
    <Icon>
      <circle cx="12" cy="16" r="1" />
      <rect x="3" y="10" width="18" height="12" rx="2" />
      <path d="M7 10V7a5 5 0 0 1 10 0v3" />
    </Icon>
  )
}

export function YesIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="10" />
      <path d="m16 9-5.5 5.5L8 12" />
    </Icon>
  )
}

export function NoIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="10" />
      <path d="m15 9-6 6" />
      <path d="m9 9 6 6" />
    </Icon>
  )
}

export function AlertIcon() {
  return (
    <Icon>
      <path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3" />
      <path d="M12 9v4" />
      <path d="M12 17h.01" />
    </Icon>
  )
}

export function InfoIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="10" />
      <path d="M12 16v-4" />
      <path d="M12 8h.01" />
    </Icon>
  )
}

/** A card, as neutral as can be: no brand's own drawing. */
export function CardGlyph({ bands }: { bands: number }) {
  return (
    <svg viewBox="0 0 34 24" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="32" height="22" rx="3.5" fill="#fff" stroke="#6F7690" stroke-width="1.8" />
      <rect x="5" y="6" width="6" height="4.6" rx="1" fill="#FFD34D" stroke="#171B2C" stroke-width="1" />
      {Array.from({ length: bands }, (_unused, rank) => (
        <rect key={rank} x={5 + rank * 8.5} y="16" width="6" height="2.2" rx="1" fill="#2B3A8C" />
      ))}
    </svg>
  )
}

export function BankMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="30" height="30" rx="6" fill="none" stroke="#FFD34D" stroke-width="2.5" />
      <path
        d="M8 13 16 8l8 5M10 15v7M16 15v7M22 15v7M7 25h18"
        stroke="currentColor"
        stroke-width="2.4"
        fill="none"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}

export function CardBack({ label }: { label: string }) {
  return (
    <svg viewBox="0 0 92 56" width="92" height="56" role="img" aria-label={label}>
      <rect x="1" y="1" width="90" height="54" rx="6" fill="#E5E8F7" stroke="#6F7690" stroke-width="1.5" />
      <rect x="1" y="9" width="90" height="10" fill="#171B2C" />
      <rect x="9" y="27" width="50" height="13" fill="#fff" stroke="#CBD0DE" />
      <rect
        x="60"
        y="24.5"
        width="25"
        height="18"
        rx="3"
        fill="#FFD34D"
        stroke="#171B2C"
        stroke-width="1.5"
      />
      <Digits x={72.5} y={37.5} text="123" />
    </svg>
  )
}

export function CardFront({ label }: { label: string }) {
  return (
    <svg viewBox="0 0 92 56" width="92" height="56" role="img" aria-label={label}>
      <rect x="1" y="1" width="90" height="54" rx="6" fill="#E5E8F7" stroke="#6F7690" stroke-width="1.5" />
      <rect x="9" y="14" width="14" height="11" rx="2" fill="#fff" stroke="#6F7690" />
      <rect x="9" y="36" width="60" height="6" rx="2" fill="#fff" stroke="#CBD0DE" />
      <rect x="54" y="13" width="31" height="18" rx="3" fill="#FFD34D" stroke="#171B2C" stroke-width="1.5" />
      <Digits x={69.5} y={26} text="1234" />
    </svg>
  )
}

function Digits({ x, y, text }: { x: number; y: number; text: string }) {
  return (
    <text
      x={x}
      y={y}
      font-size="11"
      font-weight="700"
      text-anchor="middle"
      fill="#171B2C"
      font-family="sans-serif"
    >
      {text}
    </text>
  )
}
