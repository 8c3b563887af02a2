using BlueEdge;
using BlueEdge.Samples.Images;
using BlueEdge.Samples.Live;

// A program with engines, and a page beside its REST: so the page is of the API's own origin, as browsers want it.
var builder = BlueEdgeApp.CreateBuilder(args);
builder.AddImageEngines();
builder.Services.AddLivePage();
return await builder.RunAsync();
