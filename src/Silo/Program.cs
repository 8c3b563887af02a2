using BlueEdge;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Images;

var builder = BlueEdgeApp.CreateBuilder(args);
builder.AddBasicEngines().AddDocumentEngines().AddImageEngines();
return await builder.RunAsync();
