import { useTell } from "../frame/toasts";
import type { Color, KitPageData } from "./api";
import { contrast, grade, ratioWords, readableOn, rgbWords } from "./contrast";
import css from "./colours.module.css";

/** The colours in OKLCH and sRGB, what they are for, and which of them are read on which. */
export function ColoursPart({ kit }: { kit: KitPageData }) {
  const own = kit.colors.filter((c) => !c.role);
  const roles = kit.colors.filter((c) => c.role);
  return (
    <>
      <ul className={css.swatches}>{own.map((c) => <Swatch key={c.name} color={c} />)}</ul>
      <section className={css.block}>
        <h2>What is read on what</h2>
        <p className="st-soft">WCAG 2.2 contrast, type down the side on grounds along the top. From 7 AAA, from 4.5 AA, from 3 for large type only; below that the square stays empty.</p>
        <Pairs colors={own} />
      </section>
      {roles.length > 0 && (
        <section className={css.block}>
          <h2>Roles</h2>
          <p className="st-soft">What each colour is for on the campaign’s pages.</p>
          <ul className={css.roles}>
            {roles.map((c) => (
              <li key={c.name}>
                <i style={{ background: c.value }} />
                <span>{c.name}</span>
                <code>{c.alias || c.value}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const figures = (n: number, digits: number) => n.toFixed(digits);

function Swatch({ color }: { color: Color }) {
  const tell = useTell();
  const [l, c, h] = color.oklch;
  const copy = () => navigator.clipboard.writeText(color.value).then(() => tell.good(`${color.value} is copied.`), tell.bad);
  return (
    <li>
      <button type="button" onClick={copy} style={{ background: color.value, color: readableOn(color.value) }} aria-label={`Copy ${color.name}, ${color.value}`}>
        <b>{color.name}</b>
      </button>
      <dl>
        <div><dt>sRGB</dt><dd>{color.value} <small>{rgbWords(color.value)}</small></dd></div>
        <div><dt>OKLCH</dt><dd>{figures(l * 100, 1)} % <small>{figures(c, 3)} {c < 0.004 ? "none" : figures(h, 1)}</small></dd></div>
      </dl>
    </li>
  );
}

function Pairs({ colors }: { colors: Color[] }) {
  const most = colors.slice(0, 24);
  return (
    <div className={`st-panel ${css.scroll}`} tabIndex={0} role="group" aria-label="Contrast of the colours, scrolls sideways">
      <table className={css.pairs}>
        <thead>
          <tr>
            <th scope="col"><span className="st-unseen">Type</span></th>
            {most.map((ground) => <th key={ground.name} scope="col"><i style={{ background: ground.value }} /><span>{ground.name}</span></th>)}
          </tr>
        </thead>
        <tbody>
          {most.map((ink) => (
            <tr key={ink.name}>
              <th scope="row"><i style={{ background: ink.value }} />{ink.name}</th>
              {most.map((ground) => {
                const ratio = contrast(ink.value, ground.value);
                const good = grade(ratio);
                return good === "" ? <td key={ground.name} data-poor><span className="st-unseen">{ratioWords(ratio)}</span></td> : (
                  <td key={ground.name} style={{ background: ground.value, color: ink.value }} title={`${ink.name} on ${ground.name}: ${good}`}>
                    <b>{ratioWords(ratio)}</b>
                    <small>{good}</small>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
