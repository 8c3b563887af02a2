using BlueEdge;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;

var builder = BlueEdgeApp.CreateBuilder(args);
builder.AddBasicEngines().AddDocumentEngines();
return await builder.RunAsync();
