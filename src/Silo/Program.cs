using BlueEdge;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Images;
using BlueEdge.Samples.Video;

var builder = BlueEdgeApp.CreateBuilder(args);
builder.AddBasicEngines().AddDocumentEngines().AddImageEngines().AddVideoEngines();
return await builder.RunAsync();
