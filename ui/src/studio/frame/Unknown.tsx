import { IconMapPinQuestion } from "../icons";
import { Link } from "../navigation/navigate";
import { review } from "../navigation/route";
import { EmptyState } from "./states";

/** The page for an address that leads nowhere. */
export function Unknown() {
  return (
    <EmptyState icon={<IconMapPinQuestion size={28} stroke={1.5} />} title="There is no such page" action={<Link to={review}>Go to the review</Link>}>
      The link may be old. Press Ctrl K to find what you were looking for.
    </EmptyState>
  );
}
