using BlueEdge;
using BlueEdge.Bench;
using BlueEdge.Samples.Basics;
using BlueEdge.Silo.Hosting;

// An engine host of a cluster, or else the silo's own program with more engines.
if (args is ["host", .. var hostArguments])
{
    var host = EngineSilo.CreateBuilder(hostArguments);
    host.AddBasicEngines().AddMeasuringEngines();
    return await host.RunAsync();
}

return await SiloHost.RunAsync(args, silo => silo.AddMeasuringEngines());
