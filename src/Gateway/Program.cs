using BlueEdge;
using BlueEdge.Blobs;
using BlueEdge.Gateway;
using BlueEdge.Gateway.Engines;
using BlueEdge.Hosting;
using BlueEdge.Hosting.Telemetry;

return await StartUp.RunAsync(async () =>
{
    ProcessBuilder.LeaveProcessorToOthers();
    var builder = ProcessBuilder.Create(args);
    builder.AddProcessDefaults(new("BlueEdge takes sessions", "http://127.0.0.1:5080", ("API reference", "/docs")) { Mode = "Gateway" });
    builder.AddBlueEdgeGateway();
    builder.AddBlueEdgeClient();
    builder.Services.AddBlobStore();
    builder.Services.AddReadiness<RedisReadiness>("redis").AddReadiness<ClusterReadiness>("cluster");

    // It answers, if only that it is not ready, while it looks for the cluster.
    builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);

    await using var app = builder.Build();
    app.MapBlueEdgeGateway();
    app.MapProcessHealth();
    app.MapProcessTelemetry();
    await app.RunUntilStoppedAsync();
});
