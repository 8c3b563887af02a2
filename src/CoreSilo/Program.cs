using BlueEdge.CoreSilo;
using BlueEdge.SiloHosting;

return await new SiloApp(args, _ => new CoreSiloMode()).RunAsync();
