using BlueEdge;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Images;
using BlueEdge.Samples.Video;

// An engine host of your own has a line AddEngine<T>() for each engine; these add several each.
var builder = EngineSilo.CreateBuilder(args);
builder.AddBasicEngines();
builder.AddDocumentEngines();
builder.AddImageEngines();
builder.AddVideoEngines();
return await builder.RunAsync();
