/** The bundler puts a WebAssembly file beside the code and gives its address. */
declare module "*.wasm?url" {
  const url: string;
  export default url;
}
