import { paperOfPage } from "./paper.ts";
import { openDesk } from "../register/desk.ts";
import { OpenShift } from "../ui/screens/OpenShift.tsx";
import { SellingScreen } from "../ui/screens/SellingScreen.tsx";

/** Everything between signing on and the receipt: one file of the page, fetched while the first screen is looked at. */
export const counter = { openDesk, paperOfPage, screens: { OpenShift, SellingScreen } } as const;
