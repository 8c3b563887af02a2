using BlueEdge;
using BlueEdge.Bench;
using BlueEdge.Bench.Parcels;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;

// An engine host of a cluster, with --Side=NAME one with the engines of that side alone; or else the silo's own program with
// more engines.
if (args is ["host", .. var hostArguments])
{
    var host = EngineSilo.CreateBuilder(hostArguments);
    _ = host.Configuration["Side"] is { } side ? host.AddParcelEngines(side) : host.AddBasicEngines().AddMeasuringEngines();
    return await host.RunAsync();
}

var builder = BlueEdgeApp.CreateBuilder(args);
builder.AddBasicEngines().AddDocumentEngines().AddMeasuringEngines();
return await builder.RunAsync();
