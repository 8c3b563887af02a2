[assembly: AssemblyFixture(typeof(BlueEdge.Channels.S3Server))]
