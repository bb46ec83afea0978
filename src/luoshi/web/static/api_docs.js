// Swagger UI, from our own address
const place = document.getElementById("swagger-ui");
SwaggerUIBundle({ url: place.dataset.url, domNode: place, layout: "BaseLayout", deepLinking: false, docExpansion: "list",
  defaultModelsExpandDepth: 0, validatorUrl: null, supportedSubmitMethods: ["get"] });
