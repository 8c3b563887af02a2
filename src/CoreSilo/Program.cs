using BlueEdge.SiloHosting;

return await new SiloApp(args, _ => new CoreMode()).RunAsync();
