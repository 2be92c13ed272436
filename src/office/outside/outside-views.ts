import "../books/books.css";
import "../people/people.css";
import "./outside.css";

export { ApiKeysView } from "./ApiKeysView.tsx";
export { WebhooksView } from "./WebhooksView.tsx";
