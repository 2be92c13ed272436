import "./people.css";
import "./records.css";
import "./approve.css";

export { AloneView } from "./AloneView.tsx";
export { ApprovalsView } from "./ApprovalsView.tsx";
export { ApprovePage } from "./ApprovePage.tsx";
export { AuditView } from "./AuditView.tsx";
export { InvitedPage } from "./InvitedPage.tsx";
export { MeView } from "./MeView.tsx";
export { PermissionsView } from "./PermissionsView.tsx";
export { StaffView } from "./StaffView.tsx";
