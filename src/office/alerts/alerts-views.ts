import "../books/books.css";
import "../people/people.css";
import "./alerts.css";

export { AlertRulesView } from "./AlertRulesView.tsx";
export { AlertsView } from "./AlertsView.tsx";
