import { atWidth } from "../data/words";
import type { KitPageData, Mark, Variant } from "./api";
import css from "./kit.module.css";
import { percent } from "./rules";

/** The marks in all their variants, each on its ground with its clear space drawn, and the stickers. */
export function MarksPart({ kit }: { kit: KitPageData }) {
  return (
    <>
      <p className={css.legend}><i /> The dashed line is the room that stays free of other marks and of text.</p>
      <div className={css.marks}>{kit.marks.map((mark) => <MarkCard key={mark.id} mark={mark} />)}</div>
      {kit.stickers.length > 0 && (
        <section className={css.block}>
          <h2>Stickers</h2>
          <p className="st-soft">Drawings to play with: effects may touch them and layers may cover them.</p>
          <ul className={css.stickers}>
            {kit.stickers.map((s) => (
              <li key={s.id}>
                <img src={atWidth(s.image_url, 320)} alt={s.alt} loading="lazy" />
                {s.name || s.id}
                <code>{s.id}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {kit.credits.length > 0 && <ul className={css.credits} aria-label="Credits">{kit.credits.map((c) => <li key={c}>{c}</li>)}</ul>}
    </>
  );
}

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

function MarkCard({ mark }: { mark: Mark }) {
  const r = mark.rules;
  return (
    <article className={`st-panel ${css.mark}`}>
      <header>
        <h2>{mark.name || mark.id}</h2>
        <code>{mark.id}</code>
        <span>{mark.kind}</span>
      </header>
      <div className={css.grounds}>
        {mark.variants.map((v) => (
          <figure key={v.id} data-ground={v.ground}>
            <Placed variant={v} mark={mark} />
            <figcaption>{v.id} <span>{v.ground === "any" ? "any ground" : `${v.ground} ground`}</span></figcaption>
          </figure>
        ))}
      </div>
      <dl className={css.limits}>
        <div><dt>Width</dt><dd>{percent(r.min_width_share)} to {percent(r.max_width_share)} <small>of shorter side</small></dd></div>
        <div><dt>At least</dt><dd>{number.format(r.min_width_px)} px</dd></div>
        <div><dt>Tilt</dt><dd>up to {number.format(r.max_rotation)}°</dd></div>
        <div><dt>Clear space</dt><dd>{percent(r.clear_space)} <small>of its width</small></dd></div>
      </dl>
    </article>
  );
}

/** A mark with its clear space, both in units of a hundredth of its width. */
function Placed({ variant, mark }: { variant: Variant; mark: Mark }) {
  const [w, h, room] = [100, 100 * mark.aspect, 100 * mark.rules.clear_space];
  const stroke = Math.max(w + 2 * room, h + 2 * room) / 150;
  return (
    <svg viewBox={`${-room - stroke} ${-room - stroke} ${w + 2 * (room + stroke)} ${h + 2 * (room + stroke)}`} role="img" aria-label={`${mark.alt || mark.name}, ${variant.id}`}>
      <rect className={css.room} x={-room} y={-room} width={w + 2 * room} height={h + 2 * room} strokeWidth={stroke} strokeDasharray={`${stroke * 3} ${stroke * 2.5}`} />
      <image href={atWidth(variant.image_url, 640)} width={w} height={h} preserveAspectRatio="none" />
    </svg>
  );
}
