import { createContext, useContext } from "react";
import type { Me, Role } from "../../shared/staff";

/** Who sits at the Studio, and what they may do. */
export interface Seat {
  me: Me;
  can: (role: Role) => boolean;
  /** Call when the session was ended on purpose. */
  left: () => void;
}

/** Holds the seat for all pages. */
export const SeatContext = createContext<Seat | null>(null);

/** The seat of the one who is signed in. */
export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (!seat) throw new Error("this page needs a signed-in member of staff");
  return seat;
}
