using BlueEdge.CoreSilo.Scaling;
using BlueEdge.SiloHosting;

return await new SiloApp(args, _ => new ScaledCoreMode()).RunAsync();
